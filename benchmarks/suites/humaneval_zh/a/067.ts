export namespace app.logics {
  export function fruitDistribution(note: String, total: Long): Long {
    let words: List<String>;
    words = nasl.util.Split(note, ' ');
    return total
      - nasl.util.FromString<Long>(nasl.util.Get(words, 0))
      - nasl.util.FromString<Long>(nasl.util.Get(words, 3));
  }
}

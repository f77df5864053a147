export namespace app.logics {
  export function mostVariedWord(words: List<String>): String {
    let sorted: List<String>;
    sorted = nasl.util.Clone(words);
    nasl.util.ListSort(
      sorted,
      (item) => ({ by: nasl.util.Length(nasl.util.ListDistinct(nasl.util.Split(item, ''))), asc: false }),
      (item) => ({ by: item, asc: true })
    );
    return nasl.util.ListHead(sorted);
  }
}

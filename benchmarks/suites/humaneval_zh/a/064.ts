export namespace app.logics {
  export function vowelsCount(word: String): Long {
    let letters: List<String>;
    let count: Long;
    letters = nasl.util.Split(nasl.util.ToLower(word), '');
    count = nasl.util.Length(nasl.util.ListFilter(letters, (item) => nasl.util.IndexOf('aeiou', item) >= 0));
    if (nasl.util.ListLast(letters) == 'y') {
      count = count + 1;
    }
    return count;
  }
}

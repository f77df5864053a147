export namespace app.logics {
  export function vowelsCount(word: String): Long {
    let count: Long = 0;
    let last: Long;
    last = nasl.util.Length(word) - 1;
    for (const [index, letter] of ListEntries(nasl.util.Split(word, ''))) {
      if (nasl.util.Contains(['a', 'e', 'i', 'o', 'u'], nasl.util.ToLower(letter))) {
        count = count + 1;
      } else if (index == last && (letter == 'y' || letter == 'Y')) {
        count = count + 1;
      }
    }
    return count;
  }
}

export namespace app.logics {
  export function oddDigitReports(texts: List<String>): List<String> {
    return nasl.util.ListTransform(texts, (item) => `本行有${oddDigits(item)}个奇数`);
  }

  function oddDigits(text: String): Long {
    let count: Long = 0;
    for (const [index, digit] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.FromString<Long>(digit) % 2 == 1) {
        count = count + 1;
      }
    }
    return count;
  }
}

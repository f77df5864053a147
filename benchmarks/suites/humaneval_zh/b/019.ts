export namespace app.logics {
  export function sortNumbers(words: String): String {
    let given: List<String>;
    let sorted: List<String>;
    given = nasl.util.Split(words, ' ');
    for (const [value, digit] of ListEntries(nasl.util.Split('zero one two three four five six seven eight nine', ' '))) {
      nasl.util.AddAll(sorted, nasl.util.ListFilter(given, (item) => item == digit));
    }
    return nasl.util.Join(sorted, ' ');
  }
}

export namespace app.logics {
  export function sortNumbers(words: String): String {
    let digits: List<String> = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    let values: Map<String, Long>;
    let sorted: List<String>;
    for (const [value, digit] of ListEntries(digits)) {
      nasl.util.MapPut(values, digit, value);
    }
    sorted = nasl.util.Split(words, ' ');
    nasl.util.ListSort(sorted, (item) => ({ by: nasl.util.MapGet(values, item), asc: true }));
    return nasl.util.Join(sorted, ' ');
  }
}

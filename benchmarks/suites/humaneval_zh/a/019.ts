export namespace app.logics {
  export function sortNumbers(words: String): String {
    let order: String = 'zero one two three four five six seven eight nine';
    let list: List<String>;
    list = nasl.util.Split(words, ' ');
    nasl.util.ListSort(list, (item) => ({ by: nasl.util.IndexOf(order, item), asc: true }));
    return nasl.util.Join(list, ' ');
  }
}

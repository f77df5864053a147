export namespace app.logics {
  export function longest(texts: List<String>): String {
    let sorted: List<String>;
    sorted = nasl.util.Clone(texts);
    nasl.util.ListSort(sorted, (item) => ({ by: nasl.util.Length(item), asc: false }));
    return nasl.util.ListHead(sorted);
  }
}

export namespace app.logics {
  export function strangeSortList(numbers: List<Long>): List<Long> {
    let rest: List<Long>;
    let result: List<Long>;
    rest = nasl.util.Clone(numbers);
    nasl.util.ListSort(rest, (item) => ({ by: item, asc: true }));
    while (nasl.util.Length(rest) > 0) {
      nasl.util.Add(result, nasl.util.RemoveAt(rest, 0));
      nasl.util.ListReverse(rest);
    }
    return result;
  }
}

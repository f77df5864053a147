export namespace app.logics {
  export function unique(numbers: List<Long>): List<Long> {
    let sorted: List<Long>;
    let result: List<Long>;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    for (const [index, number] of ListEntries(sorted)) {
      if (index == 0 || number != nasl.util.ListLast(result)) {
        nasl.util.Add(result, number);
      }
    }
    return result;
  }
}

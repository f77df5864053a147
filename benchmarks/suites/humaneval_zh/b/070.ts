export namespace app.logics {
  export function strangeSortList(numbers: List<Long>): List<Long> {
    let sorted: List<Long>;
    let result: List<Long>;
    let left: Long = 0;
    let right: Long;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    right = nasl.util.Length(sorted) - 1;
    while (left <= right) {
      nasl.util.Add(result, nasl.util.Get(sorted, left));
      if (left < right) {
        nasl.util.Add(result, nasl.util.Get(sorted, right));
      }
      left = left + 1;
      right = right - 1;
    }
    return result;
  }
}

export namespace app.logics {
  export function sortByEnds(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    let ends: Long;
    result = nasl.util.Clone(numbers);
    ends = nasl.util.ListHead(numbers) + nasl.util.ListLast(numbers);
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    if (ends % 2 == 0) {
      nasl.util.ListReverse(result);
    }
    return result;
  }
}

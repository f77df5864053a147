export namespace app.logics {
  export function sortByEnds(numbers: List<Long>): List<Long> {
    let sorted: List<Long>;
    if (nasl.util.Length(numbers) == 0) {
      return sorted;
    }
    sorted = nasl.util.Clone(numbers);
    if ((nasl.util.ListHead(numbers) + nasl.util.ListLast(numbers)) % 2 == 1) {
      nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    } else {
      nasl.util.ListSort(sorted, (item) => ({ by: item, asc: false }));
    }
    return sorted;
  }
}

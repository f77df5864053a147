export namespace app.logics {
  export function secondSmallest(numbers: List<Long>): Long {
    let different: List<Long>;
    different = nasl.util.ListDistinct(nasl.util.Clone(numbers));
    if (nasl.util.Length(different) < 2) {
      return null;
    }
    nasl.util.ListSort(different, (item) => ({ by: item, asc: true }));
    return nasl.util.Get(different, 1);
  }
}

export namespace app.logics {
  export function common(first: List<Long>, second: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.ListFilter(first, (item) => nasl.util.Contains(second, item));
    nasl.util.ListDistinct(result);
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    return result;
  }
}

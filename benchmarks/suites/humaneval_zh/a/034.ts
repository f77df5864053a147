export namespace app.logics {
  export function unique(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.Clone(numbers);
    nasl.util.ListDistinct(result);
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    return result;
  }
}

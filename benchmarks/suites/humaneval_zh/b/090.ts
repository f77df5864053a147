export namespace app.logics {
  export function secondSmallest(numbers: List<Long>): Long {
    let smallest: Long;
    smallest = nasl.util.ListMin(numbers);
    return nasl.util.ListMin(nasl.util.ListFilter(numbers, (item) => item > smallest));
  }
}

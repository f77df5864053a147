export namespace app.logics {
  export function closestToZero(numbers: List<Long>): List<Long> {
    let negative: Long;
    let positive: Long;
    negative = nasl.util.ListMax(nasl.util.ListFilter(numbers, (item) => item < 0));
    positive = nasl.util.ListMin(nasl.util.ListFilter(numbers, (item) => item > 0));
    return [negative, positive];
  }
}

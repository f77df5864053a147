export namespace app.logics {
  export function evenDigitsBetween(a: Long, b: Long): List<Long> {
    let digits: List<Long> = [2, 4, 6, 8];
    let low: Long;
    let high: Long;
    low = nasl.util.ListMin([a, b]);
    high = nasl.util.ListMax([a, b]);
    return nasl.util.ListFilter(digits, (item) => item >= low && item <= high);
  }
}

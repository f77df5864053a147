export namespace app.logics {
  export function evenDigitsBetween(a: Long, b: Long): List<Long> {
    let low: Long;
    let high: Long;
    low = nasl.util.ListMin([a, b]);
    high = nasl.util.ListMax([a, b]);
    return nasl.util.ListFilter([2, 4, 6, 8], (item) => item >= low && item <= high);
  }
}

export namespace app.logics {
  export function primeOverlap(first: List<Long>, second: List<Long>): String {
    let start: Long;
    let end: Long;
    let length: Long;
    let divisor: Long = 2;
    start = nasl.util.ListMax([nasl.util.Get(first, 0), nasl.util.Get(second, 0)]);
    end = nasl.util.ListMin([nasl.util.Get(first, 1), nasl.util.Get(second, 1)]);
    length = end - start;
    if (length < 2) {
      return 'NO';
    }
    while (divisor * divisor <= length) {
      if (length % divisor == 0) {
        return 'NO';
      }
      divisor = divisor + 1;
    }
    return 'YES';
  }
}

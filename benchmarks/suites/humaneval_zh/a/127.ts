export namespace app.logics {
  export function primeOverlap(first: List<Long>, second: List<Long>): String {
    let start: Long;
    let end: Long;
    start = nasl.util.ListMax([nasl.util.Get(first, 0), nasl.util.Get(second, 0)]);
    end = nasl.util.ListMin([nasl.util.Get(first, 1), nasl.util.Get(second, 1)]);
    if (prime(end - start)) {
      return 'YES';
    }
    return 'NO';
  }

  export function prime(number: Long): Boolean {
    let divisor: Long = 2;
    if (number < 2) {
      return false;
    }
    while (divisor * divisor <= number) {
      if (number % divisor == 0) {
        return false;
      }
      divisor = divisor + 1;
    }
    return true;
  }
}

export namespace app.logics {
  export function greatestCommonDivisor(a: Long, b: Long): Long {
    let divisor: Long;
    divisor = nasl.util.ListMin([a, b]);
    if (divisor == 0) {
      return a + b;
    }
    while (a % divisor != 0 || b % divisor != 0) {
      divisor = divisor - 1;
    }
    return divisor;
  }
}

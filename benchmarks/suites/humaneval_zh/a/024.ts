export namespace app.logics {
  export function largestDivisor(n: Long): Long {
    let divisor: Long = 2;
    while (divisor * divisor <= n) {
      if (n % divisor == 0) {
        return nasl.util.TruncDivide(n, divisor);
      }
      divisor = divisor + 1;
    }
    return 1;
  }
}

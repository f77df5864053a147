export namespace app.logics {
  export function largestDivisor(n: Long): Long {
    let divisor: Long;
    divisor = n - 1;
    while (n % divisor != 0) {
      divisor = divisor - 1;
    }
    return divisor;
  }
}

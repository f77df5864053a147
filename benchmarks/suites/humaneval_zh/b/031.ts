export namespace app.logics {
  export function isPrime(n: Long): Boolean {
    let divisor: Long = 3;
    if (n == 2) {
      return true;
    }
    if (n < 2 || n % 2 == 0) {
      return false;
    }
    while (divisor * divisor <= n) {
      if (n % divisor == 0) {
        return false;
      }
      divisor = divisor + 2;
    }
    return true;
  }
}

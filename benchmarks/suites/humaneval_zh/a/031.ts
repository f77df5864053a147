export namespace app.logics {
  export function isPrime(n: Long): Boolean {
    let divisor: Long = 2;
    if (n < 2) {
      return false;
    }
    while (divisor * divisor <= n) {
      if (n % divisor == 0) {
        return false;
      }
      divisor = divisor + 1;
    }
    return true;
  }
}

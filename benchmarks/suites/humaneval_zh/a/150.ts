export namespace app.logics {
  export function pickByPrime(number: Long, yes: Long, no: Long): Long {
    let divisor: Long = 2;
    if (number < 2) {
      return no;
    }
    while (divisor * divisor <= number) {
      if (number % divisor == 0) {
        return no;
      }
      divisor = divisor + 1;
    }
    return yes;
  }
}

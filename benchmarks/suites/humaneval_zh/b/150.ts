export namespace app.logics {
  export function pickByPrime(number: Long, yes: Long, no: Long): Long {
    let divisor: Long = 3;
    if (number == 2) {
      return yes;
    }
    if (number < 2 || number % 2 == 0) {
      return no;
    }
    while (divisor * divisor <= number) {
      if (number % divisor == 0) {
        return no;
      }
      divisor = divisor + 2;
    }
    return yes;
  }
}

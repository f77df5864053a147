export namespace app.logics {
  export function oneIsSum(a: Decimal, b: Decimal, c: Decimal): Boolean {
    let largest: Decimal;
    if (a % 1 != 0 || b % 1 != 0 || c % 1 != 0) {
      return false;
    }
    largest = a + b + c;
    return largest == a * 2 || largest == b * 2 || largest == c * 2;
  }
}

export namespace app.logics {
  export function oneIsSum(a: Decimal, b: Decimal, c: Decimal): Boolean {
    if (a % 1 != 0 || b % 1 != 0 || c % 1 != 0) {
      return false;
    }
    return a + b == c || a + c == b || b + c == a;
  }
}

export namespace app.logics {
  export function productOfOddDigits(number: Long): Long {
    let rest: Long;
    let product: Long = 0;
    rest = number;
    while (rest > 0) {
      if (rest % 2 == 1) {
        if (product == 0) {
          product = 1;
        }
        product = product * (rest % 10);
      }
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return product;
  }
}

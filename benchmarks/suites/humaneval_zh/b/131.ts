export namespace app.logics {
  export function productOfOddDigits(number: Long): Long {
    let rest: Long = number;
    let digit: Long;
    let product: Long = 0;
    while (rest > 0) {
      digit = rest % 10;
      if (digit % 2 == 1) {
        product = nasl.util.ListMax([product, 1]) * digit;
      }
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return product;
  }
}

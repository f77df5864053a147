export namespace app.logics {
  export function countEvenOddDigits(number: Long): List<Long> {
    let rest: Long;
    let even: Long = 0;
    let odd: Long = 0;
    rest = nasl.util.Abs(number);
    if (rest == 0) {
      even = 1;
    }
    while (rest > 0) {
      if (rest % 2 == 0) {
        even = even + 1;
      } else {
        odd = odd + 1;
      }
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return [even, odd];
  }
}

export namespace app.logics {
  export function positiveDigitSums(numbers: List<Long>): Long {
    return nasl.util.Length(nasl.util.ListFilter(numbers, (item) => signedDigitSum(item) > 0));
  }

  function signedDigitSum(number: Long): Long {
    let rest: Long;
    let sum: Long = 0;
    rest = nasl.util.Abs(number);
    while (rest >= 10) {
      sum = sum + rest % 10;
      rest = nasl.util.TruncDivide(rest, 10);
    }
    if (number < 0) {
      return sum - rest;
    }
    return sum + rest;
  }
}

export namespace app.logics {
  export function positiveDigitSums(numbers: List<Long>): Long {
    return nasl.util.Length(nasl.util.ListFilter(numbers, (item) => digitSum(item) > 0));
  }

  export function digitSum(number: Long): Long {
    let rest: Long;
    let total: Long = 0;
    rest = nasl.util.Abs(number);
    while (rest >= 10) {
      total = total + rest % 10;
      rest = nasl.util.TruncDivide(rest, 10);
    }
    if (number < 0) {
      return total - rest;
    }
    return total + rest;
  }
}

export namespace app.logics {
  export function binaryDigitSum(number: Long): String {
    let rest: Long = number;
    let sum: Long = 0;
    while (rest > 0) {
      sum = sum + rest % 10;
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return binary(sum);
  }

  function binary(value: Long): String {
    if (value < 2) {
      return nasl.util.ToString(value);
    }
    return binary(nasl.util.TruncDivide(value, 2)) + nasl.util.ToString(value % 2);
  }
}

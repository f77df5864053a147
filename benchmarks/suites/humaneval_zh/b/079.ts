export namespace app.logics {
  export function decimalToBinary(number: Long): String {
    let rest: Long = number;
    let digits: String = 'db';
    while (rest > 1) {
      digits = nasl.util.ToString(rest % 2) + digits;
      rest = nasl.util.TruncDivide(rest, 2);
    }
    return 'db' + nasl.util.ToString(rest) + digits;
  }
}

export namespace app.logics {
  export function decimalToBinary(number: Long): String {
    return 'db' + binary(number) + 'db';
  }

  export function binary(number: Long): String {
    if (number < 2) {
      return nasl.util.ToString(number);
    }
    return binary(nasl.util.TruncDivide(number, 2)) + nasl.util.ToString(number % 2);
  }
}

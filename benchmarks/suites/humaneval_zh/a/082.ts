export namespace app.logics {
  export function primeLength(text: String): Boolean {
    let length: Long;
    let divisor: Long = 2;
    length = nasl.util.Length(text);
    while (divisor < length) {
      if (length % divisor == 0) {
        return false;
      }
      divisor = divisor + 1;
    }
    return length >= 2;
  }
}

export namespace app.logics {
  export function changeBase(value: Long, base: Long): String {
    let rest: Long = value;
    let digits: String = '';
    while (rest > 0) {
      digits = nasl.util.ToString(rest % base) + digits;
      rest = nasl.util.TruncDivide(rest, base);
    }
    return digits;
  }
}

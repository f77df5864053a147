export namespace app.logics {
  export function changeBase(value: Long, base: Long): String {
    if (value < base) {
      return nasl.util.ToString(value);
    }
    return changeBase(nasl.util.TruncDivide(value, base), base) + nasl.util.ToString(value % base);
  }
}

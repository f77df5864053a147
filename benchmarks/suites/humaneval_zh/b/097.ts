export namespace app.logics {
  export function multiplyUnits(a: Long, b: Long): Long {
    return nasl.util.Abs(a % 10 * (b % 10));
  }
}

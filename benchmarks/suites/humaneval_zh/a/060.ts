export namespace app.logics {
  export function sumToN(n: Long): Long {
    return nasl.util.TruncDivide(n * (n + 1), 2);
  }
}

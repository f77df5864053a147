export namespace app.logics {
  export function stringSequence(n: Long): String {
    return nasl.util.Join(nasl.util.ListRange(0, n + 1, 1), ' ');
  }
}

export namespace app.logics {
  export function rightTriangle(a: Long, b: Long, c: Long): Boolean {
    return a * a + b * b == c * c || a * a + c * c == b * b || b * b + c * c == a * a;
  }
}

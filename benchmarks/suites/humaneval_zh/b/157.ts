export namespace app.logics {
  export function rightTriangle(a: Long, b: Long, c: Long): Boolean {
    let longest: Long;
    longest = nasl.util.ListMax([a, b, c]);
    return a * a + b * b + c * c == 2 * longest * longest;
  }
}

export namespace app.logics {
  export function greatestCommonDivisor(a: Long, b: Long): Long {
    let larger: Long = a;
    let smaller: Long = b;
    let rest: Long;
    while (smaller != 0) {
      rest = larger % smaller;
      larger = smaller;
      smaller = rest;
    }
    return larger;
  }
}

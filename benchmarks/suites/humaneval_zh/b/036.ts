export namespace app.logics {
  export function sevensInMultiples(limit: Long): Long {
    let count: Long = 0;
    let rest: Long;
    for (const [index, number] of ListEntries(nasl.util.ListRange(0, limit, 1))) {
      if (number % 11 == 0 || number % 13 == 0) {
        rest = number;
        while (rest > 0) {
          if (rest % 10 == 7) {
            count = count + 1;
          }
          rest = nasl.util.TruncDivide(rest, 10);
        }
      }
    }
    return count;
  }
}

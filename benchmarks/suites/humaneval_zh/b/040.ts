export namespace app.logics {
  export function triplesSumToZero(numbers: List<Long>): Boolean {
    for (const [i, first] of ListEntries(numbers)) {
      for (const [j, second] of ListEntries(numbers, i + 1)) {
        for (const [k, third] of ListEntries(numbers, j + 1)) {
          if (first + second + third == 0) {
            return true;
          }
        }
      }
    }
    return false;
  }
}

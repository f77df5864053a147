export namespace app.logics {
  export function triplesSumToZero(numbers: List<Long>): Boolean {
    for (const [i, first] of ListEntries(numbers)) {
      for (const [j, second] of ListEntries(numbers, i + 1)) {
        if (nasl.util.Contains(nasl.util.ListSlice(numbers, j + 1), 0 - first - second)) {
          return true;
        }
      }
    }
    return false;
  }
}

export namespace app.logics {
  export function pairsSumToZero(numbers: List<Long>): Boolean {
    for (const [i, first] of ListEntries(numbers)) {
      for (const [j, second] of ListEntries(numbers)) {
        if (i != j && first + second == 0) {
          return true;
        }
      }
    }
    return false;
  }
}

export namespace app.logics {
  export function sortedWithPairs(numbers: List<Long>): Boolean {
    for (const [index, number] of ListEntries(numbers)) {
      if (index > 0 && nasl.util.Get(numbers, index - 1) > number) {
        return false;
      }
      if (index > 1 && nasl.util.Get(numbers, index - 2) == number) {
        return false;
      }
    }
    return true;
  }
}

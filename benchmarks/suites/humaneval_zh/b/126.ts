export namespace app.logics {
  export function sortedWithPairs(numbers: List<Long>): Boolean {
    for (const [index, number] of ListEntries(numbers, 1)) {
      if (number < nasl.util.Get(numbers, index - 1)) {
        return false;
      }
      if (index > 1 && number == nasl.util.Get(numbers, index - 2)) {
        return false;
      }
    }
    return true;
  }
}

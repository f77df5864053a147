export namespace app.logics {
  export function pairsSumToZero(numbers: List<Long>): Boolean {
    for (const [index, number] of ListEntries(numbers)) {
      if (nasl.util.Contains(nasl.util.ListSlice(numbers, index + 1), 0 - number)) {
        return true;
      }
    }
    return false;
  }
}

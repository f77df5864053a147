export namespace app.logics {
  export function belowThreshold(numbers: List<Long>, limit: Long): Boolean {
    for (const [index, number] of ListEntries(numbers)) {
      if (number >= limit) {
        return false;
      }
    }
    return true;
  }
}

export namespace app.logics {
  export function lastDrop(numbers: List<Long>): Long {
    let found: Long = -1;
    for (const [index, number] of ListEntries(numbers)) {
      if (index > 0 && number < nasl.util.Get(numbers, index - 1)) {
        found = index;
      }
    }
    return found;
  }
}

export namespace app.logics {
  export function lastDrop(numbers: List<Long>): Long {
    let result: Long = -1;
    for (const [index, number] of ListEntries(numbers, 1)) {
      if (number < nasl.util.Get(numbers, index - 1)) {
        result = index;
      }
    }
    return result;
  }
}

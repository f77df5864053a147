export namespace app.logics {
  export function sortedAfterRotation(numbers: List<Long>): Boolean {
    let drops: Long = 0;
    let previous: Long;
    previous = nasl.util.ListLast(numbers);
    for (const [index, number] of ListEntries(numbers)) {
      if (number < previous) {
        drops = drops + 1;
      }
      previous = number;
    }
    return drops <= 1;
  }
}

export namespace app.logics {
  export function leastRunSum(numbers: List<Long>): Long {
    let least: Long;
    let current: Long = 0;
    for (const [index, number] of ListEntries(numbers)) {
      if (current > 0) {
        current = 0;
      }
      current = current + number;
      if (index == 0 || current < least) {
        least = current;
      }
    }
    return least;
  }
}

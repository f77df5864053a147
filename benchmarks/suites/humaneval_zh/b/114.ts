export namespace app.logics {
  export function leastRunSum(numbers: List<Long>): Long {
    let ending: Long = 0;
    let least: Long;
    for (const [index, number] of ListEntries(numbers)) {
      if (ending < 0) {
        ending = ending + number;
      } else {
        ending = number;
      }
      if (least == null || ending < least) {
        least = ending;
      }
    }
    return least;
  }
}

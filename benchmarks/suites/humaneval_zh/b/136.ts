export namespace app.logics {
  export function closestToZero(numbers: List<Long>): List<Long> {
    let negative: Long;
    let positive: Long;
    for (const [index, number] of ListEntries(numbers)) {
      if (number < 0 && (negative == null || number > negative)) {
        negative = number;
      }
      if (number > 0 && (positive == null || number < positive)) {
        positive = number;
      }
    }
    return [negative, positive];
  }
}

export namespace app.logics {
  export function findClosestElements(numbers: List<Decimal>): List<Decimal> {
    let closest: Decimal;
    let result: List<Decimal>;
    for (const [i, first] of ListEntries(numbers)) {
      for (const [j, second] of ListEntries(numbers, i + 1)) {
        if (closest == null || nasl.util.Abs(first - second) < closest) {
          closest = nasl.util.Abs(first - second);
          result = [nasl.util.ListMin([first, second]), nasl.util.ListMax([first, second])];
        }
      }
    }
    return result;
  }
}

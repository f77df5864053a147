export namespace app.logics {
  export function findClosestElements(numbers: List<Decimal>): List<Decimal> {
    let length: Long;
    let i: Long = 0;
    let j: Long;
    let gap: Decimal;
    let closest: Decimal;
    let first: Decimal;
    let second: Decimal;
    length = nasl.util.Length(numbers);
    while (i < length) {
      j = i + 1;
      while (j < length) {
        gap = nasl.util.Get(numbers, i) - nasl.util.Get(numbers, j);
        if (gap < 0) {
          gap = 0 - gap;
        }
        if (closest == null || gap < closest) {
          closest = gap;
          first = nasl.util.Get(numbers, i);
          second = nasl.util.Get(numbers, j);
        }
        j = j + 1;
      }
      i = i + 1;
    }
    if (first > second) {
      return [second, first];
    }
    return [first, second];
  }
}

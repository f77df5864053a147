export namespace app.logics {
  export function signedTotal(numbers: List<Long>): Long {
    let negatives: Long;
    let total: Long = 0;
    if (nasl.util.Length(numbers) == 0) {
      return null;
    }
    if (nasl.util.Contains(numbers, 0)) {
      return 0;
    }
    for (const [index, number] of ListEntries(numbers)) {
      total = total + nasl.util.Abs(number);
    }
    negatives = nasl.util.Length(nasl.util.ListFilter(numbers, (item) => item < 0));
    if (negatives % 2 == 1) {
      return 0 - total;
    }
    return total;
  }
}

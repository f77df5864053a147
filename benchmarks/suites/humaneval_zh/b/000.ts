export namespace app.logics {
  export function hasCloseElements(numbers: List<Decimal>, threshold: Decimal): Boolean {
    for (const [i, first] of ListEntries(numbers)) {
      for (const [j, second] of ListEntries(numbers, i + 1)) {
        if (nasl.util.Abs(first - second) < threshold) {
          return true;
        }
      }
    }
    return false;
  }
}

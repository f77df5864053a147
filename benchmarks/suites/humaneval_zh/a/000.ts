export namespace app.logics {
  export function hasCloseElements(numbers: List<Decimal>, threshold: Decimal): Boolean {
    let sorted: List<Decimal>;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    for (const [index, number] of ListEntries(sorted, 1)) {
      if (number - nasl.util.Get(sorted, index - 1) < threshold) {
        return true;
      }
    }
    return false;
  }
}

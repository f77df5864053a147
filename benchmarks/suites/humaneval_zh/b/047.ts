export namespace app.logics {
  export function median(numbers: List<Long>): Decimal {
    let sorted: List<Long>;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    while (nasl.util.Length(sorted) > 2) {
      nasl.util.RemoveAt(sorted, 0);
      nasl.util.RemoveAt(sorted, nasl.util.Length(sorted) - 1);
    }
    return nasl.util.ListAverage(sorted);
  }
}

export namespace app.logics {
  export function median(numbers: List<Long>): Decimal {
    let sorted: List<Long>;
    let middle: Long;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    middle = nasl.util.TruncDivide(nasl.util.Length(sorted), 2);
    if (nasl.util.Length(sorted) % 2 == 1) {
      return nasl.util.Get(sorted, middle);
    }
    return (nasl.util.Get(sorted, middle - 1) + nasl.util.Get(sorted, middle)) / 2;
  }
}

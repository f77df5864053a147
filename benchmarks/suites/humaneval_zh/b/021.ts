export namespace app.logics {
  export function rescaleToUnit(numbers: List<Decimal>): List<Decimal> {
    let sorted: List<Decimal>;
    let result: List<Decimal>;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    for (const [index, number] of ListEntries(numbers)) {
      nasl.util.Add(result, (number - nasl.util.ListHead(sorted)) / (nasl.util.ListLast(sorted) - nasl.util.ListHead(sorted)));
    }
    return result;
  }
}

export namespace app.logics {
  export function rescaleToUnit(numbers: List<Decimal>): List<Decimal> {
    let smallest: Decimal;
    let width: Decimal;
    smallest = nasl.util.ListMin(numbers);
    width = nasl.util.ListMax(numbers) - smallest;
    return nasl.util.ListTransform(numbers, (item) => (item - smallest) / width);
  }
}

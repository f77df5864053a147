export namespace app.logics {
  export function meanAbsoluteDeviation(numbers: List<Decimal>): Decimal {
    let mean: Decimal;
    mean = nasl.util.ListAverage(numbers);
    return nasl.util.ListAverage(nasl.util.ListTransform(numbers, (item) => nasl.util.Abs(item - mean)));
  }
}

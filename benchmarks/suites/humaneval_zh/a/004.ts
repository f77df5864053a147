export namespace app.logics {
  export function meanAbsoluteDeviation(numbers: List<Decimal>): Decimal {
    let mean: Decimal;
    let total: Decimal = 0;
    for (const [index, number] of ListEntries(numbers)) {
      total = total + number;
    }
    mean = total / nasl.util.Length(numbers);
    total = 0;
    for (const [place, value] of ListEntries(numbers)) {
      if (value > mean) {
        total = total + (value - mean);
      } else {
        total = total + (mean - value);
      }
    }
    return total / nasl.util.Length(numbers);
  }
}

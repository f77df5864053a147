export namespace app.logics {
  export function closestWholeNumber(text: String): Long {
    let value: Decimal;
    value = nasl.util.FromString<Decimal>(text);
    if (value < 0) {
      return nasl.util.Ceil(value - 0.5);
    }
    return nasl.util.Floor(value + 0.5);
  }
}

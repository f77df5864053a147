export namespace app.logics {
  export function closestWholeNumber(text: String): Long {
    let value: Decimal;
    let whole: Long;
    value = nasl.util.FromString<Decimal>(text);
    whole = nasl.util.Floor(nasl.util.Abs(value) + 0.5);
    if (value < 0) {
      return -whole;
    }
    return whole;
  }
}

export namespace app.logics {
  export function largerNumberText(a: String, b: String): String {
    let difference: Decimal;
    difference = nasl.util.FromString<Decimal>(nasl.util.Replace(a, ',', '.')) - nasl.util.FromString<Decimal>(nasl.util.Replace(b, ',', '.'));
    if (difference > 0) {
      return a;
    }
    if (difference < 0) {
      return b;
    }
    return null;
  }
}

export namespace app.logics {
  export function largerNumberText(a: String, b: String): String {
    let first: Decimal;
    let second: Decimal;
    first = nasl.util.FromString<Decimal>(nasl.util.Replace(a, ',', '.'));
    second = nasl.util.FromString<Decimal>(nasl.util.Replace(b, ',', '.'));
    if (first > second) {
      return a;
    }
    if (second > first) {
      return b;
    }
    return null;
  }
}

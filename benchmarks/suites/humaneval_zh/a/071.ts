export namespace app.logics {
  export function triangleAreaBySides(a: Decimal, b: Decimal, c: Decimal): Decimal {
    let half: Decimal;
    let area: Decimal;
    if (a + b <= c || a + c <= b || b + c <= a) {
      return -1;
    }
    half = (a + b + c) / 2;
    area = nasl.util.Sqrt(half * (half - a) * (half - b) * (half - c));
    return nasl.util.Round(area * 100) / 100;
  }
}

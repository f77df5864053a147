export namespace app.logics {
  export function triangleAreaBySides(a: Decimal, b: Decimal, c: Decimal): Decimal {
    let longest: Decimal;
    let square: Decimal;
    longest = nasl.util.ListMax([a, b, c]);
    if (longest * 2 >= a + b + c) {
      return -1;
    }
    square = (a + b + c) * (b + c - a) * (a + c - b) * (a + b - c);
    return nasl.util.Floor(nasl.util.Sqrt(square) * 25 + 0.5) / 100;
  }
}

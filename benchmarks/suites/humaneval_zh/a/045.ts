export namespace app.logics {
  export function triangleArea(side: Decimal, height: Decimal): Decimal {
    return side * height / 2;
  }
}

export namespace app.logics {
  export function triangleArea(side: Decimal, height: Decimal): Decimal {
    return 0.5 * side * height;
  }
}

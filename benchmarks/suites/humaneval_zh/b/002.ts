export namespace app.logics {
  export function truncateNumber(number: Decimal): Decimal {
    return number % 1;
  }
}

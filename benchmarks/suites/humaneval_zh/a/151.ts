export namespace app.logics {
  export function sumOfOddSquares(numbers: List<Decimal>): Long {
    let total: Long = 0;
    for (const [index, number] of ListEntries(numbers)) {
      if (number > 0 && number % 2 == 1) {
        total = total + nasl.util.Round(number * number);
      }
    }
    return total;
  }
}

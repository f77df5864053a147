export namespace app.logics {
  export function sumOfOddSquares(numbers: List<Decimal>): Long {
    let sum: Long = 0;
    let whole: Long;
    for (const [index, number] of ListEntries(numbers)) {
      whole = nasl.util.Floor(number);
      if (number > 0 && number == whole && whole % 2 == 1) {
        sum = sum + whole * whole;
      }
    }
    return sum;
  }
}

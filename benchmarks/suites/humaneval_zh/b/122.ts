export namespace app.logics {
  export function sumOfShortNumbers(numbers: List<Long>, count: Long): Long {
    let sum: Long = 0;
    for (const [index, number] of ListEntries(numbers, 0, count)) {
      if (nasl.util.Abs(number) < 100) {
        sum = sum + number;
      }
    }
    return sum;
  }
}

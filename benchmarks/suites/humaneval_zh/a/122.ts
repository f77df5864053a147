export namespace app.logics {
  export function sumOfShortNumbers(numbers: List<Long>, count: Long): Long {
    let total: Long = 0;
    for (const [index, number] of ListEntries(nasl.util.ListSlice(numbers, 0, count))) {
      if (nasl.util.Abs(number) < 100) {
        total = total + number;
      }
    }
    return total;
  }
}

export namespace app.logics {
  export function evenAtOddPlaces(numbers: List<Long>): Long {
    let total: Long = 0;
    for (const [index, number] of ListEntries(numbers)) {
      if (index % 2 == 1 && number % 2 == 0) {
        total = total + number;
      }
    }
    return total;
  }
}

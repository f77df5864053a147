export namespace app.logics {
  export function oddAtEvenPlaces(numbers: List<Long>): Long {
    let sum: Long = 0;
    for (const [place, number] of ListEntries(numbers)) {
      if (place % 2 == 0 && number % 2 != 0) {
        sum = sum + number;
      }
    }
    return sum;
  }
}

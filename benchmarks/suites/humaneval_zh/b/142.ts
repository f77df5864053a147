export namespace app.logics {
  export function sumByPlace(numbers: List<Long>): Long {
    let sum: Long = 0;
    for (const [place, number] of ListEntries(numbers)) {
      if (place % 3 == 0) {
        sum = sum + number * number;
      } else if (place % 4 == 0) {
        sum = sum + number * number * number;
      } else {
        sum = sum + number;
      }
    }
    return sum;
  }
}

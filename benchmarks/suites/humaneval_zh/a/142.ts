export namespace app.logics {
  export function sumByPlace(numbers: List<Long>): Long {
    let total: Long = 0;
    for (const [index, number] of ListEntries(numbers)) {
      if (index % 3 == 0) {
        total = total + number * number;
      } else if (index % 4 == 0) {
        total = total + number * number * number;
      } else {
        total = total + number;
      }
    }
    return total;
  }
}

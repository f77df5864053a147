export namespace app.logics {
  export function maxElement(numbers: List<Long>): Long {
    let largest: Long;
    largest = nasl.util.ListHead(numbers);
    for (const [index, number] of ListEntries(numbers)) {
      if (number > largest) {
        largest = number;
      }
    }
    return largest;
  }
}

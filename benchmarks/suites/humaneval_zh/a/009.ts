export namespace app.logics {
  export function rollingMax(numbers: List<Long>): List<Long> {
    let largest: Long;
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (index == 0 || number > largest) {
        largest = number;
      }
      nasl.util.Add(result, largest);
    }
    return result;
  }
}

export namespace app.logics {
  export function getPositive(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (number >= 1) {
        nasl.util.Add(result, number);
      }
    }
    return result;
  }
}

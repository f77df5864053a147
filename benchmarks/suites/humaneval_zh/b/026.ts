export namespace app.logics {
  export function removeDuplicates(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (nasl.util.Length(nasl.util.ListFilter(numbers, (item) => item == number)) == 1) {
        nasl.util.Add(result, number);
      }
    }
    return result;
  }
}

export namespace app.logics {
  export function intersperse(numbers: List<Long>, delimiter: Long): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (index > 0) {
        nasl.util.Add(result, delimiter);
      }
      nasl.util.Add(result, number);
    }
    return result;
  }
}

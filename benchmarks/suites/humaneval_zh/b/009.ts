export namespace app.logics {
  export function rollingMax(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      nasl.util.Add(result, nasl.util.ListMax(nasl.util.ListSlice(numbers, 0, index + 1)));
    }
    return result;
  }
}

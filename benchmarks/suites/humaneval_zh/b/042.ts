export namespace app.logics {
  export function incrList(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      nasl.util.Add(result, number + 1);
    }
    return result;
  }
}

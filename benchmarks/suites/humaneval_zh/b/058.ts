export namespace app.logics {
  export function common(first: List<Long>, second: List<Long>): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(first)) {
      if (nasl.util.Contains(second, number) && !nasl.util.Contains(result, number)) {
        nasl.util.Add(result, number);
      }
    }
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    return result;
  }
}

export namespace app.logics {
  export function sortThird(numbers: List<Long>): List<Long> {
    let thirds: List<Long>;
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (index % 3 == 0) {
        nasl.util.Add(thirds, number);
      }
    }
    nasl.util.ListSort(thirds, (item) => ({ by: item, asc: true }));
    for (const [place, value] of ListEntries(numbers)) {
      if (place % 3 == 0) {
        nasl.util.Add(result, nasl.util.Get(thirds, nasl.util.TruncDivide(place, 3)));
      } else {
        nasl.util.Add(result, value);
      }
    }
    return result;
  }
}

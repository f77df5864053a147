export namespace app.logics {
  export function sortEven(numbers: List<Long>): List<Long> {
    let evens: List<Long>;
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (index % 2 == 0) {
        nasl.util.Add(evens, number);
      }
    }
    nasl.util.ListSort(evens, (item) => ({ by: item, asc: true }));
    result = nasl.util.Clone(numbers);
    for (const [place, even] of ListEntries(evens)) {
      nasl.util.Set(result, place * 2, even);
    }
    return result;
  }
}

export namespace app.logics {
  export function sortEven(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    let values: List<Long>;
    let place: Long = 0;
    while (place < nasl.util.Length(numbers)) {
      nasl.util.Add(values, nasl.util.Get(numbers, place));
      place = place + 2;
    }
    nasl.util.ListSort(values, (item) => ({ by: item, asc: true }));
    for (const [index, number] of ListEntries(numbers)) {
      if (index % 2 == 0) {
        nasl.util.Add(result, nasl.util.RemoveAt(values, 0));
      } else {
        nasl.util.Add(result, number);
      }
    }
    return result;
  }
}

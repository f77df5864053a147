export namespace app.logics {
  export function sortThird(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    let places: List<Long>;
    let values: List<Long>;
    result = nasl.util.Clone(numbers);
    places = nasl.util.ListRange(0, nasl.util.Length(numbers), 3);
    values = nasl.util.ListTransform(places, (item) => nasl.util.Get(numbers, item));
    nasl.util.ListSort(values, (item) => ({ by: item, asc: true }));
    for (const [index, place] of ListEntries(places)) {
      nasl.util.Set(result, place, nasl.util.Get(values, index));
    }
    return result;
  }
}

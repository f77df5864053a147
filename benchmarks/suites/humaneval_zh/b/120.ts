export namespace app.logics {
  export function largestAscending(numbers: List<Long>, count: Long): List<Long> {
    let sorted: List<Long>;
    sorted = nasl.util.Clone(numbers);
    nasl.util.ListSort(sorted, (item) => ({ by: item, asc: true }));
    return nasl.util.ListSlice(sorted, nasl.util.Length(sorted) - count, nasl.util.Length(sorted));
  }
}

export namespace app.logics {
  export function digitNames(numbers: List<Long>): List<String> {
    let names: List<String> = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
    let kept: List<Long>;
    kept = nasl.util.ListFilter(numbers, (item) => item >= 1 && item <= 9);
    nasl.util.ListSort(kept, (item) => ({ by: item, asc: false }));
    return nasl.util.ListTransform(kept, (item) => nasl.util.Get(names, item - 1));
  }
}

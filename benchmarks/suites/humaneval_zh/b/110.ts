export namespace app.logics {
  export function canMakeEven(first: List<Long>, second: List<Long>): String {
    let all: List<Long>;
    all = nasl.util.Clone(first);
    nasl.util.AddAll(all, second);
    if (nasl.util.Length(nasl.util.ListFilter(all, (item) => item % 2 == 0)) >= nasl.util.Length(first)) {
      return 'YES';
    }
    return 'NO';
  }
}

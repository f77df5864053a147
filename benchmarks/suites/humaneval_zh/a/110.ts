export namespace app.logics {
  export function canMakeEven(first: List<Long>, second: List<Long>): String {
    let odd: Long;
    let even: Long;
    odd = nasl.util.Length(nasl.util.ListFilter(first, (item) => item % 2 != 0));
    even = nasl.util.Length(nasl.util.ListFilter(second, (item) => item % 2 == 0));
    if (even >= odd) {
      return 'YES';
    }
    return 'NO';
  }
}

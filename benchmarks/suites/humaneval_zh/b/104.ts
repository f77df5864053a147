export namespace app.logics {
  export function withoutEvenDigits(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.ListFilter(numbers, (item) => allOdd(item));
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    return result;
  }

  function allOdd(number: Long): Boolean {
    let rest: Long = number;
    while (rest > 0) {
      if (rest % 2 == 0) {
        return false;
      }
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return true;
  }
}

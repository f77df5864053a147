export namespace app.logics {
  export function orderByDigitSum(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.Clone(numbers);
    nasl.util.ListSort(result, (item) => ({ by: digitSum(item), asc: true }));
    return result;
  }

  export function digitSum(number: Long): Long {
    let rest: Long;
    let total: Long = 0;
    rest = nasl.util.Abs(number);
    while (rest >= 10) {
      total = total + rest % 10;
      rest = nasl.util.TruncDivide(rest, 10);
    }
    if (number < 0) {
      return total - rest;
    }
    return total + rest;
  }
}

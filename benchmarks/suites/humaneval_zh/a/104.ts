export namespace app.logics {
  export function withoutEvenDigits(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    for (const [index, number] of ListEntries(numbers)) {
      if (allOdd(number)) {
        nasl.util.Add(result, number);
      }
    }
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    return result;
  }

  export function allOdd(number: Long): Boolean {
    let rest: Long;
    rest = number;
    while (rest > 0) {
      if (rest % 10 % 2 == 0) {
        return false;
      }
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return true;
  }
}

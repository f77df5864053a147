export namespace app.logics {
  export function oddEnds(numbers: List<Long>): Long {
    return nasl.util.Length(nasl.util.ListFilter(numbers, (item) => item > 10 && item % 2 == 1 && firstDigit(item) % 2 == 1));
  }

  function firstDigit(number: Long): Long {
    let rest: Long = number;
    while (rest >= 10) {
      rest = nasl.util.TruncDivide(rest, 10);
    }
    return rest;
  }
}

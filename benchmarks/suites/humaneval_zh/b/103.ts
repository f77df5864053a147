export namespace app.logics {
  export function averageInBinary(first: Long, last: Long): String {
    let average: Long;
    if (first > last) {
      return '-1';
    }
    average = nasl.util.TruncDivide(first + last, 2);
    if ((first + last) % 2 == 1 && average % 2 == 1) {
      average = average + 1;
    }
    return '0b' + binary(average);
  }

  function binary(number: Long): String {
    if (number < 2) {
      return nasl.util.ToString(number);
    }
    return binary(nasl.util.TruncDivide(number, 2)) + nasl.util.ToString(number % 2);
  }
}

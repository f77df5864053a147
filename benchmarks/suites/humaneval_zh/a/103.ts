export namespace app.logics {
  export function averageInBinary(first: Long, last: Long): String {
    let rounded: Long;
    let digits: String = '';
    if (first > last) {
      return '-1';
    }
    rounded = nasl.util.TruncDivide(first + last, 2);
    if ((first + last) % 2 == 1 && rounded % 2 == 1) {
      rounded = rounded + 1;
    }
    while (rounded > 0) {
      digits = nasl.util.ToString(rounded % 2) + digits;
      rounded = nasl.util.TruncDivide(rounded, 2);
    }
    return '0b' + digits;
  }
}

export namespace app.logics {
  export function evaluateExpression(operators: List<String>, operands: List<Long>): Long {
    let values: List<Long>;
    let signs: List<String>;
    let place: Long;
    let total: Long;
    values = nasl.util.Clone(operands);
    signs = nasl.util.Clone(operators);
    place = nasl.util.Length(signs) - 1;
    while (place >= 0) {
      if (nasl.util.Get(signs, place) == '**') {
        nasl.util.Set(values, place, power(nasl.util.Get(values, place), nasl.util.Get(values, place + 1)));
        nasl.util.RemoveAt(values, place + 1);
        nasl.util.RemoveAt(signs, place);
      }
      place = place - 1;
    }
    place = 0;
    while (place < nasl.util.Length(signs)) {
      if (nasl.util.Get(signs, place) == '*' || nasl.util.Get(signs, place) == '//') {
        if (nasl.util.Get(signs, place) == '*') {
          nasl.util.Set(values, place, nasl.util.Get(values, place) * nasl.util.Get(values, place + 1));
        } else {
          nasl.util.Set(values, place, nasl.util.TruncDivide(nasl.util.Get(values, place), nasl.util.Get(values, place + 1)));
        }
        nasl.util.RemoveAt(values, place + 1);
        nasl.util.RemoveAt(signs, place);
      } else {
        place = place + 1;
      }
    }
    total = nasl.util.Get(values, 0);
    for (const [index, sign] of ListEntries(signs)) {
      if (sign == '+') {
        total = total + nasl.util.Get(values, index + 1);
      } else {
        total = total - nasl.util.Get(values, index + 1);
      }
    }
    return total;
  }

  function power(base: Long, exponent: Long): Long {
    let result: Long = 1;
    for (const [index, turn] of ListEntries(nasl.util.ListRange(0, exponent, 1))) {
      result = result * base;
    }
    return result;
  }
}

export namespace app.logics {
  export function evaluateExpression(operators: List<String>, operands: List<Long>): Long {
    let signs: List<String>;
    let values: List<Long>;
    let powers: List<Long>;
    let place: Long;
    let total: Long;
    let product: Long;
    powers = nasl.util.Clone(operands);
    place = nasl.util.Length(operators) - 1;
    while (place >= 0) {
      if (nasl.util.Get(operators, place) == '**') {
        nasl.util.Set(powers, place, power(nasl.util.Get(powers, place), nasl.util.Get(powers, place + 1)));
      }
      place = place - 1;
    }
    product = nasl.util.Get(powers, 0);
    for (const [index, operator] of ListEntries(operators)) {
      if (operator == '*') {
        product = product * nasl.util.Get(powers, index + 1);
      } else if (operator == '//') {
        product = nasl.util.Floor(product / nasl.util.Get(powers, index + 1));
      } else if (operator != '**') {
        nasl.util.Add(values, product);
        nasl.util.Add(signs, operator);
        product = nasl.util.Get(powers, index + 1);
      }
    }
    nasl.util.Add(values, product);
    total = nasl.util.Get(values, 0);
    for (const [at, sign] of ListEntries(signs)) {
      if (sign == '+') {
        total = total + nasl.util.Get(values, at + 1);
      } else {
        total = total - nasl.util.Get(values, at + 1);
      }
    }
    return total;
  }

  export function power(base: Long, exponent: Long): Long {
    let result: Long = 1;
    for (const [index, turn] of ListEntries(nasl.util.ListRange(0, exponent, 1))) {
      result = result * base;
    }
    return result;
  }
}

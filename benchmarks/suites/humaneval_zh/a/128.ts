export namespace app.logics {
  export function signedTotal(numbers: List<Long>): Long {
    let total: Long = 0;
    let sign: Long = 1;
    if (nasl.util.Length(numbers) == 0) {
      return null;
    }
    for (const [index, number] of ListEntries(numbers)) {
      total = total + nasl.util.Abs(number);
      if (number == 0) {
        sign = 0;
      } else if (number < 0) {
        sign = -sign;
      }
    }
    return total * sign;
  }
}

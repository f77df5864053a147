export namespace app.logics {
  export function binaryDigitSum(number: Long): String {
    let sum: Long = 0;
    let result: String = '';
    for (const [index, digit] of ListEntries(nasl.util.Split(nasl.util.ToString(number), ''))) {
      sum = sum + nasl.util.FromString<Long>(digit);
    }
    while (sum > 1) {
      result = nasl.util.ToString(sum % 2) + result;
      sum = nasl.util.TruncDivide(sum, 2);
    }
    return nasl.util.ToString(sum) + result;
  }
}

export namespace app.logics {
  export function orderByDigitSum(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.Clone(numbers);
    nasl.util.ListSort(result, (item) => ({ by: signedDigitSum(item), asc: true }));
    return result;
  }

  function signedDigitSum(number: Long): Long {
    let digits: List<String>;
    let sum: Long = 0;
    digits = nasl.util.Split(nasl.util.ToString(nasl.util.Abs(number)), '');
    for (const [place, digit] of ListEntries(digits)) {
      if (place == 0 && number < 0) {
        sum = sum - nasl.util.FromString<Long>(digit);
      } else {
        sum = sum + nasl.util.FromString<Long>(digit);
      }
    }
    return sum;
  }
}

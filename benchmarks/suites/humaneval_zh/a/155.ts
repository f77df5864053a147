export namespace app.logics {
  export function countEvenOddDigits(number: Long): List<Long> {
    let digits: List<String>;
    let odd: Long;
    digits = nasl.util.Split(nasl.util.ToString(nasl.util.Abs(number)), '');
    odd = nasl.util.Length(nasl.util.ListFilter(digits, (item) => nasl.util.IndexOf('13579', item) >= 0));
    return [nasl.util.Length(digits) - odd, odd];
  }
}

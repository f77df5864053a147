export namespace app.logics {
  export function circularShift(number: Long, shift: Long): String {
    let digits: String;
    let cut: Long;
    digits = nasl.util.ToString(number);
    cut = nasl.util.Length(digits) - shift;
    if (cut < 0) {
      return nasl.util.Join(nasl.util.ListReverse(nasl.util.Split(digits, '')), '');
    }
    return nasl.util.SubString(digits, cut) + nasl.util.SubString(digits, 0, cut);
  }
}

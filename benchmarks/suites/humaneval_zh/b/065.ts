export namespace app.logics {
  export function circularShift(number: Long, shift: Long): String {
    let digits: List<String>;
    digits = nasl.util.Split(nasl.util.ToString(number), '');
    if (shift > nasl.util.Length(digits)) {
      nasl.util.ListReverse(digits);
    } else {
      for (const [index, turn] of ListEntries(nasl.util.ListRange(0, shift, 1))) {
        nasl.util.Insert(digits, 0, nasl.util.RemoveAt(digits, nasl.util.Length(digits) - 1));
      }
    }
    return nasl.util.Join(digits, '');
  }
}

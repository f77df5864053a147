export namespace app.logics {
  export function validMonthDayYear(text: String): Boolean {
    let month: Long;
    let day: Long;
    if (nasl.util.Length(nasl.util.MatchRegex(text, new nasl.util.Regex({
        pattern: '^[0-9]{2}-[0-9]{2}-[0-9]{4}$',
        flags: '',
      })))
      == 0) {
      return false;
    }
    month = nasl.util.FromString<Long>(nasl.util.SubString(text, 0, 2));
    day = nasl.util.FromString<Long>(nasl.util.SubString(text, 3, 2));
    return month >= 1 && month <= 12 && day >= 1 && day <= lastDay(month);
  }

  export function lastDay(month: Long): Long {
    if (month == 2) {
      return 29;
    }
    if (nasl.util.Contains([4, 6, 9, 11], month)) {
      return 30;
    }
    return 31;
  }
}

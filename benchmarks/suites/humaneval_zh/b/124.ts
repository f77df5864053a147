export namespace app.logics {
  export function validMonthDayYear(text: String): Boolean {
    let days: List<Long> = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month: Long;
    let day: Long;
    if (nasl.util.Length(text) != 10) {
      return false;
    }
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (index == 2 || index == 5) {
        if (character != '-') {
          return false;
        }
      } else if (nasl.util.IndexOf('0123456789', character) < 0) {
        return false;
      }
    }
    month = nasl.util.FromString<Long>(nasl.util.SubString(text, 0, 2));
    day = nasl.util.FromString<Long>(nasl.util.SubString(text, 3, 2));
    if (month < 1 || month > 12) {
      return false;
    }
    return day >= 1 && day <= nasl.util.Get(days, month - 1);
  }
}

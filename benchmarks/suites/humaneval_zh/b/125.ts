export namespace app.logics {
  export function splitOrCount(text: String): List<String> {
    let parts: List<String> = [];
    let current: String = '';
    let separator: String = '';
    let odd: Long = 0;
    let place: Long;
    if (nasl.util.IndexOf(text, ' ') >= 0) {
      separator = ' ';
    } else {
      if (nasl.util.IndexOf(text, ',') >= 0) {
        separator = ',';
      }
    }
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == separator) {
        if (nasl.util.Length(current) > 0) {
          nasl.util.Add(parts, current);
        }
        current = '';
      } else {
        current = nasl.util.Concat(current, character);
      }
      place = nasl.util.IndexOf('abcdefghijklmnopqrstuvwxyz', character);
      if (place >= 0 && place % 2 == 1) {
        odd = odd + 1;
      }
    }
    if (separator == '') {
      return [nasl.util.ToString(odd)];
    }
    if (nasl.util.Length(current) > 0) {
      nasl.util.Add(parts, current);
    }
    return parts;
  }
}

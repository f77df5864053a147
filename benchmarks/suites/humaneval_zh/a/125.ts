export namespace app.logics {
  export function splitOrCount(text: String): List<String> {
    let count: Long = 0;
    if (nasl.util.IndexOf(text, ' ') >= 0) {
      return nasl.util.ListFilter(nasl.util.Split(text, ' '), (item) => item != '');
    }
    if (nasl.util.IndexOf(text, ',') >= 0) {
      return atCommas(text);
    }
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf('bdfhjlnprtvxz', character) >= 0) {
        count = count + 1;
      }
    }
    return [nasl.util.ToString(count)];
  }

  export function atCommas(text: String): List<String> {
    let parts: List<String>;
    let current: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == ',') {
        nasl.util.Add(parts, current);
        current = '';
      } else {
        current = current + character;
      }
    }
    nasl.util.Add(parts, current);
    return parts;
  }
}

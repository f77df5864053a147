export namespace app.logics {
  export function splitOrCount(text: String): List<String> {
    let count: Long = 0;
    if (nasl.util.IndexOf(text, ' ') >= 0) {
      return nasl.util.ListFilter(nasl.util.Split(text, ' '), (item) => item != '');
    }
    if (nasl.util.IndexOf(text, ',') >= 0) {
      return nasl.util.ListFilter(nasl.util.Split(text, ','), (item) => item != '');
    }
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf('bdfhjlnprtvxz', character) >= 0) {
        count = count + 1;
      }
    }
    return [nasl.util.ToString(count)];
  }
}

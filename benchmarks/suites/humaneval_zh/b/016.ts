export namespace app.logics {
  export function countDistinctCharacters(text: String): Long {
    let seen: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(nasl.util.ToUpper(text), ''))) {
      if (nasl.util.IndexOf(seen, character) < 0) {
        seen = seen + character;
      }
    }
    return nasl.util.Length(seen);
  }
}

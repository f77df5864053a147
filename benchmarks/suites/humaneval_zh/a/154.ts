export namespace app.logics {
  export function containsRotation(text: String, pattern: String): Boolean {
    for (const [index, character] of ListEntries(nasl.util.Split(pattern, ''))) {
      if (nasl.util.IndexOf(text, nasl.util.SubString(pattern, index) + nasl.util.SubString(pattern, 0, index)) >= 0) {
        return true;
      }
    }
    return false;
  }
}

export namespace app.logics {
  export function sameChars(first: String, second: String): Boolean {
    return coveredBy(first, second) && coveredBy(second, first);
  }

  export function coveredBy(text: String, other: String): Boolean {
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf(other, character) < 0) {
        return false;
      }
    }
    return true;
  }
}

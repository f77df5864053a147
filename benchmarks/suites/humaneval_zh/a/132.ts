export namespace app.logics {
  export function hasNestedBrackets(text: String): Boolean {
    let wanted: List<String> = ['[', '[', ']', ']'];
    let found: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (found < 4 && nasl.util.Get(wanted, found) == character) {
        found = found + 1;
      }
    }
    return found == 4;
  }
}

export namespace app.logics {
  export function hasNestedBrackets(text: String): Boolean {
    let wanted: List<String> = ['[', '[', ']', ']'];
    let found: Long = 0;
    for (const [index, bracket] of ListEntries(nasl.util.Split(text, ''))) {
      if (found < 4 && bracket == nasl.util.Get(wanted, nasl.util.ListMin([found, 3]))) {
        found = found + 1;
      }
    }
    return found == 4;
  }
}

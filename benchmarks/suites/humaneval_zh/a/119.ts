export namespace app.logics {
  export function matchTwoBrackets(parts: List<String>): String {
    if (balanced(nasl.util.Join(parts, ''))
      || balanced(nasl.util.Join(nasl.util.ListReverse(nasl.util.Clone(parts)), ''))) {
      return 'Yes';
    }
    return 'No';
  }

  export function balanced(text: String): Boolean {
    let open: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == '(') {
        open = open + 1;
      } else {
        open = open - 1;
      }
      if (open < 0) {
        return false;
      }
    }
    return open == 0;
  }
}

export namespace app.logics {
  export function correctBracketing(formula: String): Boolean {
    let open: Long = 0;
    for (const [index, mark] of ListEntries(nasl.util.Split(formula, ''))) {
      if (mark == '(') {
        open = open + 1;
      } else if (open == 0) {
        return false;
      } else {
        open = open - 1;
      }
    }
    return open == 0;
  }
}

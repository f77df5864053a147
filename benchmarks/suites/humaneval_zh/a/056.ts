export namespace app.logics {
  export function correctAngleBrackets(marks: String): Boolean {
    let open: Long = 0;
    for (const [index, mark] of ListEntries(nasl.util.Split(marks, ''))) {
      if (mark == '<') {
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

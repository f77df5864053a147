export namespace app.logics {
  export function parseNestedParens(parens: String): List<Long> {
    let result: List<Long>;
    let open: Long = 0;
    let deepest: Long = 0;
    for (const [index, mark] of ListEntries(nasl.util.Split(parens + ' ', ''))) {
      if (mark == '(') {
        open = open + 1;
        deepest = nasl.util.ListMax([deepest, open]);
      } else if (mark == ')') {
        open = open - 1;
      } else if (deepest > 0) {
        nasl.util.Add(result, deepest);
        deepest = 0;
      }
    }
    return result;
  }
}

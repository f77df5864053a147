export namespace app.logics {
  export function parseNestedParens(parens: String): List<Long> {
    let result: List<Long>;
    for (const [index, group] of ListEntries(nasl.util.Split(parens, ' '))) {
      if (group != '') {
        nasl.util.Add(result, depthOf(group));
      }
    }
    return result;
  }

  export function depthOf(group: String): Long {
    let depth: Long = 0;
    let deepest: Long = 0;
    for (const [index, mark] of ListEntries(nasl.util.Split(group, ''))) {
      if (mark == '(') {
        depth = depth + 1;
      } else {
        depth = depth - 1;
      }
      if (depth > deepest) {
        deepest = depth;
      }
    }
    return deepest;
  }
}

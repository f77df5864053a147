export namespace app.logics {
  export function separateParenGroups(parens: String): List<String> {
    let groups: List<String>;
    let group: String = '';
    let depth: Long = 0;
    for (const [index, mark] of ListEntries(nasl.util.Split(nasl.util.Replace(parens, ' ', ''), ''))) {
      group = group + mark;
      if (mark == '(') {
        depth = depth + 1;
      } else {
        depth = depth - 1;
      }
      if (depth == 0) {
        nasl.util.Add(groups, group);
        group = '';
      }
    }
    return groups;
  }
}

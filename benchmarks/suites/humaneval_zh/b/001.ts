export namespace app.logics {
  export function separateParenGroups(parens: String): List<String> {
    let groups: List<String>;
    let text: String;
    let end: Long;
    text = nasl.util.Replace(parens, ' ', '');
    while (text != '') {
      end = groupEnd(text);
      nasl.util.Add(groups, nasl.util.SubString(text, 0, end));
      text = nasl.util.SubString(text, end);
    }
    return groups;
  }

  function groupEnd(text: String): Long {
    let open: Long = 1;
    let position: Long = 1;
    while (open > 0) {
      if (nasl.util.SubString(text, position, 1) == '(') {
        open = open + 1;
      } else {
        open = open - 1;
      }
      position = position + 1;
    }
    return position;
  }
}

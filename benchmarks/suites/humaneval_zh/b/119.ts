export namespace app.logics {
  export function matchTwoBrackets(parts: List<String>): String {
    let left: String;
    let right: String;
    left = nasl.util.Get(parts, 0);
    right = nasl.util.Get(parts, 1);
    if (reduced(left + right) == '' || reduced(right + left) == '') {
      return 'Yes';
    }
    return 'No';
  }

  function reduced(text: String): String {
    let rest: String = text;
    while (nasl.util.IndexOf(rest, '()') >= 0) {
      rest = nasl.util.Replace(rest, '()', '');
    }
    return rest;
  }
}

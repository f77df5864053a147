export namespace app.logics {
  export function correctAngleBrackets(marks: String): Boolean {
    let rest: String = marks;
    while (nasl.util.IndexOf(rest, '<>') >= 0) {
      rest = nasl.util.Replace(rest, '<>', '');
    }
    return rest == '';
  }
}

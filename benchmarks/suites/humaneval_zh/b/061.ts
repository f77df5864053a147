export namespace app.logics {
  export function correctBracketing(formula: String): Boolean {
    let rest: String = formula;
    while (nasl.util.IndexOf(rest, '()') >= 0) {
      rest = nasl.util.Replace(rest, '()', '');
    }
    return rest == '';
  }
}

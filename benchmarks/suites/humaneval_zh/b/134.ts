export namespace app.logics {
  export function endsWithLoneLetter(text: String): Boolean {
    let last: String;
    last = nasl.util.ListLast(nasl.util.Split(text, ' ', true));
    return nasl.util.Length(last) == 1 && nasl.util.ToLower(last) != nasl.util.ToUpper(last);
  }
}

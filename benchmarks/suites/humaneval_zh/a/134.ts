export namespace app.logics {
  export function endsWithLoneLetter(text: String): Boolean {
    let size: Long;
    let last: String;
    size = nasl.util.Length(text);
    if (size == 0) {
      return false;
    }
    last = nasl.util.SubString(text, size - 1);
    if (nasl.util.ToLower(last) == nasl.util.ToUpper(last)) {
      return false;
    }
    return size == 1 || nasl.util.SubString(text, size - 2, 1) == ' ';
  }
}

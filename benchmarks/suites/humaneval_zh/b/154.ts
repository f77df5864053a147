export namespace app.logics {
  export function containsRotation(text: String, pattern: String): Boolean {
    let length: Long;
    let twice: String;
    let start: Long = 0;
    length = nasl.util.Length(pattern);
    twice = pattern + pattern;
    while (start + length <= nasl.util.Length(text)) {
      if (nasl.util.IndexOf(twice, nasl.util.SubString(text, start, length)) >= 0) {
        return true;
      }
      start = start + 1;
    }
    return false;
  }
}

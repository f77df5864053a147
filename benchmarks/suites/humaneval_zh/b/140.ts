export namespace app.logics {
  export function squeezeSpaces(text: String): String {
    let marks: List<String> = ['', '_', '__', '-'];
    let result: String = '';
    let spaces: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == ' ') {
        spaces = spaces + 1;
      } else {
        result = result + nasl.util.Get(marks, nasl.util.ListMin([spaces, 3])) + character;
        spaces = 0;
      }
    }
    return result + nasl.util.Get(marks, nasl.util.ListMin([spaces, 3]));
  }
}

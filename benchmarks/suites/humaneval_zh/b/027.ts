export namespace app.logics {
  export function flipCase(text: String): String {
    let upper: String = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    let lower: String = 'abcdefghijklmnopqrstuvwxyz';
    let result: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf(upper, character) >= 0) {
        result = result + nasl.util.SubString(lower, nasl.util.IndexOf(upper, character), 1);
      } else if (nasl.util.IndexOf(lower, character) >= 0) {
        result = result + nasl.util.SubString(upper, nasl.util.IndexOf(lower, character), 1);
      } else {
        result = result + character;
      }
    }
    return result;
  }
}

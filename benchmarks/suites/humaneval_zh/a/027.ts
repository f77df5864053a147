export namespace app.logics {
  export function flipCase(text: String): String {
    let result: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == nasl.util.ToUpper(character)) {
        result = result + nasl.util.ToLower(character);
      } else {
        result = result + nasl.util.ToUpper(character);
      }
    }
    return result;
  }
}

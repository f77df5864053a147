export namespace app.logics {
  export function squeezeSpaces(text: String): String {
    let result: String = '';
    let spaces: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == ' ') {
        spaces = spaces + 1;
      } else {
        result = result + squeezed(spaces) + character;
        spaces = 0;
      }
    }
    return result + squeezed(spaces);
  }

  export function squeezed(spaces: Long): String {
    if (spaces > 2) {
      return '-';
    }
    return nasl.util.SubString('__', 0, spaces);
  }
}

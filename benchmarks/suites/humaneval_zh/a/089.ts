export namespace app.logics {
  export function shiftLetters(text: String): String {
    let alphabet: String = 'abcdefghijklmnopqrstuvwxyz';
    let result: String = '';
    let place: Long;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      place = nasl.util.IndexOf(alphabet, character);
      if (place >= 0) {
        result = result + nasl.util.SubString(alphabet, (place + 4) % 26, 1);
      } else {
        result = result + character;
      }
    }
    return result;
  }
}

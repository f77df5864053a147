export namespace app.logics {
  export function decodeShift(code: String): String {
    let alphabet: String = 'abcdefghijklmnopqrstuvwxyz';
    let result: String = '';
    for (const [index, letter] of ListEntries(nasl.util.Split(code, ''))) {
      result = result + nasl.util.SubString(alphabet, (nasl.util.IndexOf(alphabet, letter) + 21) % 26, 1);
    }
    return result;
  }
}

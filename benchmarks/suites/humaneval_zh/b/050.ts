export namespace app.logics {
  export function decodeShift(code: String): String {
    let shifted: String = 'fghijklmnopqrstuvwxyzabcde';
    let plain: String = 'abcdefghijklmnopqrstuvwxyz';
    let result: String = '';
    for (const [index, letter] of ListEntries(nasl.util.Split(code, ''))) {
      result = result + nasl.util.SubString(plain, nasl.util.IndexOf(shifted, letter), 1);
    }
    return result;
  }
}

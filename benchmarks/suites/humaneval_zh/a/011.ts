export namespace app.logics {
  export function stringXor(first: String, second: String): String {
    let result: String = '';
    for (const [index, bit] of ListEntries(nasl.util.Split(first, ''))) {
      if (bit == nasl.util.SubString(second, index, 1)) {
        result = result + '0';
      } else {
        result = result + '1';
      }
    }
    return result;
  }
}

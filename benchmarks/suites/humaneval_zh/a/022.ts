export namespace app.logics {
  export function filterIntegers(values: List<String>): List<Long> {
    let result: List<Long>;
    for (const [index, value] of ListEntries(values)) {
      if (isInteger(value)) {
        nasl.util.Add(result, nasl.util.FromString<Long>(value));
      }
    }
    return result;
  }

  export function isInteger(value: String): Boolean {
    let digits: String = value;
    if (nasl.util.IndexOf(value, '-') == 0) {
      digits = nasl.util.SubString(value, 1);
    }
    for (const [index, character] of ListEntries(nasl.util.Split(digits, ''))) {
      if (nasl.util.IndexOf('0123456789', character) < 0) {
        return false;
      }
    }
    return digits != '';
  }
}

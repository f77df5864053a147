export namespace app.logics {
  export function filterIntegers(values: List<String>): List<Long> {
    let result: List<Long>;
    let characters: List<String>;
    let digits: List<String>;
    let dashes: Long;
    for (const [index, value] of ListEntries(values)) {
      characters = nasl.util.Split(value, '');
      digits = nasl.util.ListFilter(characters, (item) => nasl.util.Contains(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], item));
      dashes = 0;
      if (nasl.util.ListHead(characters) == '-') {
        dashes = 1;
      }
      if (nasl.util.Length(digits) > 0 && nasl.util.Length(digits) + dashes == nasl.util.Length(characters)) {
        nasl.util.Add(result, nasl.util.FromString<Long>(value));
      }
    }
    return result;
  }
}

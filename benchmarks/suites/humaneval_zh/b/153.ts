export namespace app.logics {
  export function strongestExtension(className: String, extensions: List<String>): String {
    let sorted: List<String>;
    sorted = nasl.util.Clone(extensions);
    nasl.util.ListSort(sorted, (item) => ({ by: strength(item), asc: false }));
    return className + '.' + nasl.util.ListHead(sorted);
  }

  function strength(name: String): Long {
    let result: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(name, ''))) {
      if (nasl.util.ToUpper(character) != character) {
        result = result - 1;
      } else if (nasl.util.ToLower(character) != character) {
        result = result + 1;
      }
    }
    return result;
  }
}

export namespace app.logics {
  export function strongestExtension(className: String, extensions: List<String>): String {
    let best: String;
    for (const [index, extension] of ListEntries(extensions)) {
      if (index == 0 || strength(extension) > strength(best)) {
        best = extension;
      }
    }
    return className + '.' + best;
  }

  export function strength(name: String): Long {
    let total: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(name, ''))) {
      if (character != nasl.util.ToLower(character)) {
        total = total + 1;
      } else if (character != nasl.util.ToUpper(character)) {
        total = total - 1;
      }
    }
    return total;
  }
}

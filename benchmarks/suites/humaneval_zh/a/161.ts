export namespace app.logics {
  export function swapCaseOrReverse(text: String): String {
    let characters: List<String>;
    let swapped: String = '';
    characters = nasl.util.Split(text, '');
    for (const [index, character] of ListEntries(characters)) {
      if (character == nasl.util.ToUpper(character)) {
        swapped = swapped + nasl.util.ToLower(character);
      } else {
        swapped = swapped + nasl.util.ToUpper(character);
      }
    }
    if (nasl.util.ToUpper(text) == nasl.util.ToLower(text)) {
      return nasl.util.Join(nasl.util.ListReverse(characters), '');
    }
    return swapped;
  }
}

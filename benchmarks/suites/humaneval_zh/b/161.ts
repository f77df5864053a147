export namespace app.logics {
  export function swapCaseOrReverse(text: String): String {
    let swapped: String = '';
    let reversed: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      reversed = character + reversed;
      if (nasl.util.ToUpper(character) == character) {
        swapped = swapped + nasl.util.ToLower(character);
      } else {
        swapped = swapped + nasl.util.ToUpper(character);
      }
    }
    if (swapped == text) {
      swapped = reversed;
    }
    return swapped;
  }
}

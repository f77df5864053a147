export namespace app.logics {
  export function swapAndMoveVowels(text: String): String {
    let vowels: String = 'aeiouAEIOU';
    let moved: String = 'cgkqwCGKQW';
    let result: String = '';
    let swapped: String;
    let place: Long;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == nasl.util.ToUpper(character)) {
        swapped = nasl.util.ToLower(character);
      } else {
        swapped = nasl.util.ToUpper(character);
      }
      place = nasl.util.IndexOf(vowels, swapped);
      if (place >= 0) {
        swapped = nasl.util.SubString(moved, place, 1);
      }
      result = result + swapped;
    }
    return result;
  }
}

export namespace app.logics {
  export function vowelBetweenConsonants(word: String): String {
    let result: String = '';
    let last: Long;
    last = nasl.util.Length(word) - 1;
    for (const [index, letter] of ListEntries(nasl.util.Split(word, ''))) {
      if (index > 0 && index < last && isVowel(letter)) {
        if (!isVowel(nasl.util.SubString(word, index - 1, 1)) && !isVowel(nasl.util.SubString(word, index + 1, 1))) {
          result = letter;
        }
      }
    }
    return result;
  }

  function isVowel(letter: String): Boolean {
    return nasl.util.Contains(['a', 'e', 'i', 'o', 'u'], nasl.util.ToLower(letter));
  }
}

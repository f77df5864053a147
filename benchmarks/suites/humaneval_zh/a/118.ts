export namespace app.logics {
  export function vowelBetweenConsonants(word: String): String {
    let at: Long;
    at = nasl.util.Length(word) - 2;
    while (at > 0) {
      if (vowel(word, at) && !vowel(word, at - 1) && !vowel(word, at + 1)) {
        return nasl.util.SubString(word, at, 1);
      }
      at = at - 1;
    }
    return '';
  }

  export function vowel(word: String, at: Long): Boolean {
    return nasl.util.IndexOf('aeiouAEIOU', nasl.util.SubString(word, at, 1)) >= 0;
  }
}

export namespace app.logics {
  export function wordsWithConsonants(text: String, count: Long): List<String> {
    let result: List<String>;
    let consonants: Long;
    for (const [index, word] of ListEntries(nasl.util.Split(text, ' '))) {
      consonants = 0;
      for (const [place, letter] of ListEntries(nasl.util.Split(word, ''))) {
        if (nasl.util.IndexOf('aeiou', nasl.util.ToLower(letter)) < 0) {
          consonants = consonants + 1;
        }
      }
      if (word != '' && consonants == count) {
        nasl.util.Add(result, word);
      }
    }
    return result;
  }
}

export namespace app.logics {
  export function splitWords(text: String): List<String> {
    let words: List<String>;
    let word: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text + ',', ''))) {
      if (character == ',' || character == ' ') {
        if (word != '') {
          nasl.util.Add(words, word);
        }
        word = '';
      } else {
        word = word + character;
      }
    }
    return words;
  }
}

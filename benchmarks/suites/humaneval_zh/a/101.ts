export namespace app.logics {
  export function splitWords(text: String): List<String> {
    let words: List<String>;
    for (const [index, word] of ListEntries(nasl.util.Split(nasl.util.Replace(text, ',', ' '), ' '))) {
      if (word != '') {
        nasl.util.Add(words, word);
      }
    }
    return words;
  }
}

export namespace app.logics {
  export function wordsWithConsonants(text: String, count: Long): List<String> {
    return nasl.util.ListFilter(nasl.util.Split(text, ' '), (word) => word != '' && consonants(word) == count);
  }

  export function consonants(word: String): Long {
    return nasl.util.Length(nasl.util.ListFilter(nasl.util.Split(word, ''), (item) => nasl.util.IndexOf('aeiouAEIOU', item)
      < 0));
  }
}

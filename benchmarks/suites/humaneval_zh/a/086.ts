export namespace app.logics {
  export function sortLettersInWords(text: String): String {
    let result: String = '';
    let word: List<String>;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == ' ') {
        result = result + ordered(word) + ' ';
        word = nasl.util.ListFilter(word, (item) => false);
      } else {
        nasl.util.Add(word, character);
      }
    }
    return result + ordered(word);
  }

  export function ordered(word: List<String>): String {
    nasl.util.ListSort(word, (item) => ({ by: item, asc: true }));
    return nasl.util.Join(word, '');
  }
}

export namespace app.logics {
  export function sortLettersInWords(text: String): String {
    let word: List<String>;
    let result: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text + ' ', ''))) {
      if (character == ' ') {
        nasl.util.ListSort(word, (item) => ({ by: item, asc: true }));
        result = result + nasl.util.Join(word, '') + ' ';
        word = nasl.util.NewList<String>([]);
      } else {
        nasl.util.Add(word, character);
      }
    }
    return nasl.util.SubString(result, 0, nasl.util.Length(text));
  }
}

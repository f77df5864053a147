export namespace app.logics {
  export function mostVariedWord(words: List<String>): String {
    let sorted: List<String>;
    sorted = nasl.util.Clone(words);
    nasl.util.ListSort(sorted, (item) => ({ by: variety(item), asc: false }), (item) => ({ by: item, asc: true }));
    return nasl.util.ListHead(sorted);
  }

  function variety(word: String): Long {
    let count: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(word, ''))) {
      if (nasl.util.IndexOf(word, character) == index) {
        count = count + 1;
      }
    }
    return count;
  }
}

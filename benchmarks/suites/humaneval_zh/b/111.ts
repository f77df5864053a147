export namespace app.logics {
  export function mostFrequentWords(text: String): Map<String, Long> {
    let counts: Map<String, Long>;
    let most: Long;
    for (const [index, word] of ListEntries(nasl.util.Split(text, ' '))) {
      if (word != '') {
        nasl.util.MapPut(counts, word, nasl.util.MapGet(counts, word) + 1);
      }
    }
    most = nasl.util.ListMax(nasl.util.MapValues(counts));
    return nasl.util.MapFilter(counts, (key, value) => value == most);
  }
}

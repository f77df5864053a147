export namespace app.logics {
  export function mostFrequentWords(text: String): Map<String, Long> {
    let counts: Map<String, Long>;
    let most: Long = 0;
    let count: Long;
    for (const [index, word] of ListEntries(nasl.util.Split(text, ' '))) {
      if (word != '') {
        count = 1;
        if (nasl.util.MapContains(counts, word)) {
          count = nasl.util.MapGet(counts, word) + 1;
        }
        nasl.util.MapPut(counts, word, count);
        if (count > most) {
          most = count;
        }
      }
    }
    return nasl.util.MapFilter(counts, (key, value) => value == most);
  }
}

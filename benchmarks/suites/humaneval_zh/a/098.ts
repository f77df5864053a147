export namespace app.logics {
  export function upperVowelsAtEvenPlaces(text: String): Long {
    let count: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (index % 2 == 0 && nasl.util.Contains(['A', 'E', 'I', 'O', 'U'], character)) {
        count = count + 1;
      }
    }
    return count;
  }
}

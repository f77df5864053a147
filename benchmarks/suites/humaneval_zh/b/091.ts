export namespace app.logics {
  export function sentencesStartingWithI(text: String): Long {
    let count: Long = 0;
    let starting: Boolean = true;
    let first: Boolean = true;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf('.?!', character) >= 0) {
        starting = true;
        first = false;
      } else if (starting && (character != ' ' || first)) {
        starting = false;
        if (nasl.util.SubString(text, index, 2) == 'I ') {
          count = count + 1;
        }
      }
    }
    return count;
  }
}

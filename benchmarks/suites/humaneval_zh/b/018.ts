export namespace app.logics {
  export function howManyTimes(text: String, part: String): Long {
    let count: Long = 0;
    for (const [place, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.SubString(text, place, nasl.util.Length(part)) == part) {
        count = count + 1;
      }
    }
    return count;
  }
}

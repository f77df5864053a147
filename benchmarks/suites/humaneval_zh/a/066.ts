export namespace app.logics {
  export function digitSum(text: String): Long {
    let alphabet: String = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    let place: Long;
    let sum: Long = 0;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      place = nasl.util.IndexOf(alphabet, character);
      if (place >= 0) {
        sum = sum + 65 + place;
      }
    }
    return sum;
  }
}

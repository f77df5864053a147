export namespace app.logics {
  export function upperVowelsAtEvenPlaces(text: String): Long {
    let count: Long = 0;
    let place: Long = 0;
    while (place < nasl.util.Length(text)) {
      if (nasl.util.Contains(['A', 'E', 'I', 'O', 'U'], nasl.util.SubString(text, place, 1))) {
        count = count + 1;
      }
      place = place + 2;
    }
    return count;
  }
}

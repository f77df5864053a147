export namespace app.logics {
  export function evenAtOddPlaces(numbers: List<Long>): Long {
    let sum: Long = 0;
    let place: Long = 1;
    while (place < nasl.util.Length(numbers)) {
      if (nasl.util.Get(numbers, place) % 2 == 0) {
        sum = sum + nasl.util.Get(numbers, place);
      }
      place = place + 2;
    }
    return sum;
  }
}

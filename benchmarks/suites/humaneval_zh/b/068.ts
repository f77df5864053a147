export namespace app.logics {
  export function pluck(numbers: List<Long>): List<Long> {
    let place: Long = -1;
    for (const [index, number] of ListEntries(numbers)) {
      if (number % 2 == 0 && (place < 0 || number < nasl.util.Get(numbers, place))) {
        place = index;
      }
    }
    if (place < 0) {
      return [];
    }
    return [nasl.util.Get(numbers, place), place];
  }
}

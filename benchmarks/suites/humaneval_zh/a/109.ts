export namespace app.logics {
  export function sortedAfterRotation(numbers: List<Long>): Boolean {
    let falls: Long = 0;
    let next: Long;
    for (const [index, number] of ListEntries(numbers)) {
      next = nasl.util.Get(numbers, (index + 1) % nasl.util.Length(numbers));
      if (number > next) {
        falls = falls + 1;
      }
    }
    return falls <= 1;
  }
}

export namespace app.logics {
  export function monotonic(numbers: List<Long>): Boolean {
    let rises: Boolean = false;
    let falls: Boolean = false;
    for (const [index, number] of ListEntries(numbers, 1)) {
      if (number > nasl.util.Get(numbers, index - 1)) {
        rises = true;
      }
      if (number < nasl.util.Get(numbers, index - 1)) {
        falls = true;
      }
    }
    return !(rises && falls);
  }
}

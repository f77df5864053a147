export namespace app.logics {
  export function largestEvenBetween(low: Long, high: Long): Long {
    let number: Long = high;
    while (number >= low) {
      if (number % 2 == 0) {
        return number;
      }
      number = number - 1;
    }
    return -1;
  }
}

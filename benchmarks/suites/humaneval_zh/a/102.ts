export namespace app.logics {
  export function largestEvenBetween(low: Long, high: Long): Long {
    let even: Long;
    even = high - high % 2;
    if (low > high || even < low) {
      return -1;
    }
    return even;
  }
}

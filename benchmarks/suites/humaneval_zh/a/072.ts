export namespace app.logics {
  export function willItFly(weights: List<Long>, limit: Long): Boolean {
    let sum: Long = 0;
    let last: Long;
    last = nasl.util.Length(weights) - 1;
    for (const [index, weight] of ListEntries(weights)) {
      if (weight != nasl.util.Get(weights, last - index)) {
        return false;
      }
      sum = sum + weight;
    }
    return sum <= limit;
  }
}

export namespace app.logics {
  export function primesBelow(limit: Long): List<Long> {
    let primes: List<Long>;
    for (const [index, number] of ListEntries(nasl.util.ListRange(2, nasl.util.ListMax([limit, 2]), 1))) {
      if (nasl.util.ListFind(primes, (item) => number % item == 0) == null) {
        nasl.util.Add(primes, number);
      }
    }
    return primes;
  }
}

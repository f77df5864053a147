export namespace app.logics {
  export function primesBelow(limit: Long): List<Long> {
    let primes: List<Long>;
    let prime: Boolean;
    for (const [position, candidate] of ListEntries(nasl.util.ListRange(2, limit, 1))) {
      prime = true;
      for (const [index, smaller] of ListEntries(primes)) {
        if (candidate % smaller == 0) {
          prime = false;
        }
      }
      if (prime) {
        nasl.util.Add(primes, candidate);
      }
    }
    return primes;
  }
}

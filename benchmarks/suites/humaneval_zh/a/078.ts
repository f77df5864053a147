export namespace app.logics {
  export function hexKey(code: String): Long {
    let primes: List<String>;
    primes = nasl.util.ListFilter(nasl.util.Split(code, ''), (item) => nasl.util.IndexOf('2357BD', item) >= 0);
    return nasl.util.Length(primes);
  }
}

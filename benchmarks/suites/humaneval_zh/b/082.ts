export namespace app.logics {
  export function primeLength(text: String): Boolean {
    let length: Long;
    let divisors: List<Long>;
    length = nasl.util.Length(text);
    divisors = nasl.util.ListFilter(nasl.util.ListRange(1, length + 1, 1), (item) => length % item == 0);
    return nasl.util.Length(divisors) == 2;
  }
}

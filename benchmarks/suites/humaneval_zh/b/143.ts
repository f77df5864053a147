export namespace app.logics {
  export function wordsOfPrimeLength(sentence: String): String {
    let words: List<String>;
    words = nasl.util.ListFilter(nasl.util.Split(sentence, ' '), (item) => isPrime(nasl.util.Length(item)));
    return nasl.util.Join(words, ' ');
  }

  function isPrime(number: Long): Boolean {
    let divisors: List<Long>;
    divisors = nasl.util.ListFilter(nasl.util.ListRange(1, number + 1, 1), (item) => number % item == 0);
    return nasl.util.Length(divisors) == 2;
  }
}

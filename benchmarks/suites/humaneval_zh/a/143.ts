export namespace app.logics {
  export function wordsOfPrimeLength(sentence: String): String {
    let kept: List<String>;
    for (const [index, word] of ListEntries(nasl.util.Split(sentence, ' '))) {
      if (prime(nasl.util.Length(word))) {
        nasl.util.Add(kept, word);
      }
    }
    return nasl.util.Join(kept, ' ');
  }

  export function prime(number: Long): Boolean {
    let divisor: Long = 2;
    if (number < 2) {
      return false;
    }
    while (divisor * divisor <= number) {
      if (number % divisor == 0) {
        return false;
      }
      divisor = divisor + 1;
    }
    return true;
  }
}

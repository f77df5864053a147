export namespace app.logics {
  export function guessErrors(results: List<Long>, guesses: List<Long>): List<Long> {
    let errors: List<Long> = [];
    let place: Long = 0;
    let result: Long;
    let guess: Long;
    while (place < nasl.util.Length(results)) {
      result = nasl.util.Get(results, place);
      guess = nasl.util.Get(guesses, place);
      if (result > guess) {
        nasl.util.Add(errors, result - guess);
      } else {
        nasl.util.Add(errors, guess - result);
      }
      place = place + 1;
    }
    return errors;
  }
}

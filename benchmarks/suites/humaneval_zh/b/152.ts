export namespace app.logics {
  export function guessErrors(results: List<Long>, guesses: List<Long>): List<Long> {
    let errors: List<Long>;
    for (const [index, result] of ListEntries(results)) {
      nasl.util.Add(errors, nasl.util.Abs(result - nasl.util.Get(guesses, index)));
    }
    return errors;
  }
}

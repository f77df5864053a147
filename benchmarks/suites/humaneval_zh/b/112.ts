export namespace app.logics {
  export function removeAndMirror(text: String, letters: String): { result: String, palindrome: Boolean } {
    let result: String = '';
    let mirrored: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf(letters, character) < 0) {
        result = result + character;
        mirrored = character + mirrored;
      }
    }
    return { result: result, palindrome: result == mirrored };
  }
}

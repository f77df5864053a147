export namespace app.logics {
  export function sentencesStartingWithI(text: String): Long {
    let count: Long = 0;
    let sentence: String = '';
    let trimming: Boolean = false;
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (character == '.' || character == '?' || character == '!') {
        count = count + started(sentence);
        sentence = '';
        trimming = true;
      } else if (character != ' ' || !trimming) {
        sentence = sentence + character;
        trimming = false;
      }
    }
    return count + started(sentence);
  }

  export function started(sentence: String): Long {
    if (nasl.util.SubString(sentence, 0, 2) == 'I ') {
      return 1;
    }
    return 0;
  }
}

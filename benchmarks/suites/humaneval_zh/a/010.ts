export namespace app.logics {
  export function makePalindrome(text: String): String {
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (reversed(nasl.util.SubString(text, index)) == nasl.util.SubString(text, index)) {
        return text + reversed(nasl.util.SubString(text, 0, index));
      }
    }
    return text;
  }

  export function reversed(text: String): String {
    return nasl.util.Join(nasl.util.ListReverse(nasl.util.Split(text, '')), '');
  }
}

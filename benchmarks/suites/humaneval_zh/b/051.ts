export namespace app.logics {
  export function removeVowels(text: String): String {
    let result: String = text;
    for (const [index, vowel] of ListEntries(nasl.util.Split('aeiouAEIOU', ''))) {
      result = nasl.util.Replace(result, vowel, '');
    }
    return result;
  }
}

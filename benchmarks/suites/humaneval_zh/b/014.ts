export namespace app.logics {
  export function allPrefixes(text: String): List<String> {
    let result: List<String>;
    let prefix: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      prefix = prefix + character;
      nasl.util.Add(result, prefix);
    }
    return result;
  }
}

export namespace app.logics {
  export function longest(texts: List<String>): String {
    let result: String = null;
    for (const [index, text] of ListEntries(texts)) {
      if (result == null || nasl.util.Length(text) > nasl.util.Length(result)) {
        result = text;
      }
    }
    return result;
  }
}

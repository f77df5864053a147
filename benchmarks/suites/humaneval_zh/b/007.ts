export namespace app.logics {
  export function filterBySubstring(texts: List<String>, part: String): List<String> {
    let result: List<String>;
    for (const [index, text] of ListEntries(texts)) {
      if (part == '' || nasl.util.Replace(text, part, '') != text) {
        nasl.util.Add(result, text);
      }
    }
    return result;
  }
}

export namespace app.logics {
  export function allPrefixes(text: String): List<String> {
    let result: List<String>;
    for (const [index, length] of ListEntries(nasl.util.ListRange(1, nasl.util.Length(text) + 1, 1))) {
      nasl.util.Add(result, nasl.util.SubString(text, 0, length));
    }
    return result;
  }
}

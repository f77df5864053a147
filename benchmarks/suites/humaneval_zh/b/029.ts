export namespace app.logics {
  export function filterByPrefix(codes: List<String>, prefix: String): List<String> {
    let result: List<String>;
    for (const [index, code] of ListEntries(codes)) {
      if (nasl.util.SubString(code, 0, nasl.util.Length(prefix)) == prefix) {
        nasl.util.Add(result, code);
      }
    }
    return result;
  }
}

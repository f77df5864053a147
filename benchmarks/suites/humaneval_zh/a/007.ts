export namespace app.logics {
  export function filterBySubstring(texts: List<String>, part: String): List<String> {
    return nasl.util.ListFilter(texts, (item) => nasl.util.IndexOf(item, part) >= 0);
  }
}

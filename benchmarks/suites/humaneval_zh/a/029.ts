export namespace app.logics {
  export function filterByPrefix(codes: List<String>, prefix: String): List<String> {
    return nasl.util.ListFilter(codes, (item) => nasl.util.IndexOf(item, prefix) == 0);
  }
}

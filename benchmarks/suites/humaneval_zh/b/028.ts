export namespace app.logics {
  export function concatenate(texts: List<String>): String {
    let result: String = '';
    for (const [index, text] of ListEntries(texts)) {
      result = result + text;
    }
    return result;
  }
}

export namespace app.logics {
  export function totalMatch(first: List<String>, second: List<String>): List<String> {
    if (totalLength(first) <= totalLength(second)) {
      return first;
    }
    return second;
  }

  function totalLength(texts: List<String>): Long {
    let total: Long = 0;
    for (const [index, text] of ListEntries(texts)) {
      total = total + nasl.util.Length(text);
    }
    return total;
  }
}

export namespace app.logics {
  export function hexKey(code: String): Long {
    let count: Long = 0;
    for (const [index, digit] of ListEntries(nasl.util.Split(code, ''))) {
      if (nasl.util.Contains(['2', '3', '5', '7', 'B', 'D'], digit)) {
        count = count + 1;
      }
    }
    return count;
  }
}

export namespace app.logics {
  export function findInRows(rows: List<List<Long>>, target: Long): List<List<Long>> {
    let found: List<List<Long>>;
    let column: Long;
    for (const [line, row] of ListEntries(rows)) {
      column = nasl.util.Length(row) - 1;
      while (column >= 0) {
        if (nasl.util.Get(row, column) == target) {
          nasl.util.Add(found, [line, column]);
        }
        column = column - 1;
      }
    }
    return found;
  }
}

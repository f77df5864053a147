export namespace app.logics {
  export function findInRows(rows: List<List<Long>>, target: Long): List<List<Long>> {
    let cells: List<List<Long>>;
    for (const [row, values] of ListEntries(rows)) {
      for (const [back, value] of ListEntries(nasl.util.ListReverse(nasl.util.Clone(values)))) {
        if (value == target) {
          nasl.util.Add(cells, [row, nasl.util.Length(values) - 1 - back]);
        }
      }
    }
    return cells;
  }
}

export namespace app.logics {
  export function stoneLevels(levels: Long): List<Long> {
    let result: List<Long>;
    for (const [index, level] of ListEntries(nasl.util.ListRange(0, levels, 1))) {
      nasl.util.Add(result, levels + 2 * level);
    }
    return result;
  }
}

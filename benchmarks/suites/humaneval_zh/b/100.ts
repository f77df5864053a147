export namespace app.logics {
  export function stoneLevels(levels: Long): List<Long> {
    return nasl.util.ListRange(levels, levels * 3, 2);
  }
}

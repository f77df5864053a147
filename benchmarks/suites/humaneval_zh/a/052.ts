export namespace app.logics {
  export function belowThreshold(numbers: List<Long>, limit: Long): Boolean {
    return nasl.util.ListFindIndex(numbers, (item) => item >= limit) < 0;
  }
}

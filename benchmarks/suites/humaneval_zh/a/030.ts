export namespace app.logics {
  export function getPositive(numbers: List<Long>): List<Long> {
    return nasl.util.ListFilter(numbers, (item) => item > 0);
  }
}

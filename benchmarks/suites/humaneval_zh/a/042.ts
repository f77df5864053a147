export namespace app.logics {
  export function incrList(numbers: List<Long>): List<Long> {
    return nasl.util.ListTransform(numbers, (item) => item + 1);
  }
}

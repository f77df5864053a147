export namespace app.logics {
  export function pluck(numbers: List<Long>): List<Long> {
    let smallest: Long;
    smallest = nasl.util.ListMin(nasl.util.ListFilter(numbers, (item) => item % 2 == 0));
    if (smallest == null) {
      return [];
    }
    return [smallest, nasl.util.ListFindIndex(numbers, (item) => item == smallest)];
  }
}

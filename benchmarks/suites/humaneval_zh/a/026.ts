export namespace app.logics {
  export function removeDuplicates(numbers: List<Long>): List<Long> {
    let groups: Map<Long, List<Long>>;
    groups = nasl.util.ListGroupBy(numbers, (item) => item);
    return nasl.util.ListFilter(numbers, (item) => nasl.util.Length(nasl.util.MapGet(groups, item)) == 1);
  }
}

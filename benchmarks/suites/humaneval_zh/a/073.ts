export namespace app.logics {
  export function smallestChange(numbers: List<Long>): Long {
    let changes: Long = 0;
    let left: Long = 0;
    let right: Long;
    right = nasl.util.Length(numbers) - 1;
    while (left < right) {
      if (nasl.util.Get(numbers, left) != nasl.util.Get(numbers, right)) {
        changes = changes + 1;
      }
      left = left + 1;
      right = right - 1;
    }
    return changes;
  }
}

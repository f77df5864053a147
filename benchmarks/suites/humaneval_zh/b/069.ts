export namespace app.logics {
  export function search(numbers: List<Long>): Long {
    let candidate: Long;
    candidate = nasl.util.Length(numbers);
    while (candidate > 0) {
      if (nasl.util.Length(nasl.util.ListFilter(numbers, (item) => item == candidate)) >= candidate) {
        return candidate;
      }
      candidate = candidate - 1;
    }
    return -1;
  }
}

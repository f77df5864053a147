export namespace app.logics {
  export function sortByOnes(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.Clone(numbers);
    nasl.util.ListSort(result, (item) => ({ by: ones(item), asc: true }), (item) => ({ by: item, asc: true }));
    return result;
  }

  export function ones(number: Long): Long {
    let rest: Long;
    let count: Long = 0;
    rest = number;
    while (rest > 0) {
      count = count + rest % 2;
      rest = nasl.util.TruncDivide(rest, 2);
    }
    return count;
  }
}

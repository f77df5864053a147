export namespace app.logics {
  export function sortByOnes(numbers: List<Long>): List<Long> {
    let result: List<Long>;
    result = nasl.util.Clone(numbers);
    nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));
    nasl.util.ListSort(result, (item) => ({ by: ones(item), asc: true }));
    return result;
  }

  function ones(number: Long): Long {
    if (number == 0) {
      return 0;
    }
    return ones(nasl.util.TruncDivide(number, 2)) + number % 2;
  }
}

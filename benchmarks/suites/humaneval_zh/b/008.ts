export namespace app.logics {
  export function sumProduct(numbers: List<Long>): List<Long> {
    if (nasl.util.Length(numbers) == 0) {
      return [0, 1];
    }
    return [nasl.util.ListSum(numbers), nasl.util.ListProduct(numbers)];
  }
}

export namespace app.logics {
  export function maxElement(numbers: List<Long>): Long {
    return nasl.util.ListMax(numbers);
  }
}

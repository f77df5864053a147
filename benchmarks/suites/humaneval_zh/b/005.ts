export namespace app.logics {
  export function intersperse(numbers: List<Long>, delimiter: Long): List<Long> {
    let result: List<Long>;
    let place: Long;
    result = nasl.util.Clone(numbers);
    place = nasl.util.Length(numbers) - 1;
    while (place > 0) {
      nasl.util.Insert(result, place, delimiter);
      place = place - 1;
    }
    return result;
  }
}

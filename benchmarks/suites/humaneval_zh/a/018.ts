export namespace app.logics {
  export function howManyTimes(text: String, part: String): Long {
    let count: Long = 0;
    let position: Long;
    position = nasl.util.IndexOf(text, part);
    while (position >= 0) {
      count = count + 1;
      position = nasl.util.IndexOf(text, part, position + 1);
    }
    return count;
  }
}

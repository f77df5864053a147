export namespace app.logics {
  export function smallRoman(number: Long): String {
    let values: List<Long> = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
    let signs: List<String> = ['m', 'cm', 'd', 'cd', 'c', 'xc', 'l', 'xl', 'x', 'ix', 'v', 'iv', 'i'];
    let rest: Long;
    let result: String = '';
    rest = number;
    for (const [index, value] of ListEntries(values)) {
      while (rest >= value) {
        result = result + nasl.util.Get(signs, index);
        rest = rest - value;
      }
    }
    return result;
  }
}

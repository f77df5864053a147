export namespace app.logics {
  export function stringSequence(n: Long): String {
    let result: String = '0';
    let number: Long = 1;
    while (number <= n) {
      result = `${result} ${number}`;
      number = number + 1;
    }
    return result;
  }
}

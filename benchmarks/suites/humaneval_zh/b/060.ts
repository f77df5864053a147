export namespace app.logics {
  export function sumToN(n: Long): Long {
    let sum: Long = 0;
    let number: Long = 1;
    while (number <= n) {
      sum = sum + number;
      number = number + 1;
    }
    return sum;
  }
}

export namespace app.logics {
  export function sumProduct(numbers: List<Long>): List<Long> {
    let sum: Long = 0;
    let product: Long = 1;
    for (const [index, number] of ListEntries(numbers)) {
      sum = sum + number;
      product = product * number;
    }
    return [sum, product];
  }
}

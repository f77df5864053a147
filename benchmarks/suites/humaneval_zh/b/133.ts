export namespace app.logics {
  export function sumOfRaisedSquares(numbers: List<Decimal>): Long {
    let sum: Long = 0;
    let raised: Long;
    for (const [index, number] of ListEntries(numbers)) {
      raised = nasl.util.Ceil(number);
      sum = sum + raised * raised;
    }
    return sum;
  }
}

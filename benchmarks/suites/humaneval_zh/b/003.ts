export namespace app.logics {
  export function belowZero(operations: List<Long>): Boolean {
    let balances: List<Long>;
    let balance: Long = 0;
    for (const [index, operation] of ListEntries(operations)) {
      balance = balance + operation;
      nasl.util.Add(balances, balance);
    }
    return nasl.util.ListMin(balances) < 0;
  }
}

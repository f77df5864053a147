export namespace app.logics {
  export function belowZero(operations: List<Long>): Boolean {
    let balance: Long = 0;
    for (const [index, operation] of ListEntries(operations)) {
      balance = balance + operation;
      if (balance < 0) {
        return true;
      }
    }
    return false;
  }
}

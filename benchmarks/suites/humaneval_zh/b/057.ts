export namespace app.logics {
  export function monotonic(numbers: List<Long>): Boolean {
    return neverFalls(numbers, 1) || neverFalls(numbers, -1);
  }

  function neverFalls(numbers: List<Long>, sign: Long): Boolean {
    for (const [index, number] of ListEntries(numbers, 1)) {
      if (number * sign < nasl.util.Get(numbers, index - 1) * sign) {
        return false;
      }
    }
    return true;
  }
}

export namespace app.logics {
  export function digitNames(numbers: List<Long>): List<String> {
    let names: List<String> = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
    let result: List<String>;
    let digit: Long = 9;
    while (digit >= 1) {
      for (const [index, number] of ListEntries(numbers)) {
        if (number == digit) {
          nasl.util.Add(result, nasl.util.Get(names, digit - 1));
        }
      }
      digit = digit - 1;
    }
    return result;
  }
}

export namespace app.logics {
  export function digitSum(text: String): Long {
    let sum: Long = 0;
    for (const [place, letter] of ListEntries(nasl.util.Split('ABCDEFGHIJKLMNOPQRSTUVWXYZ', ''))) {
      sum = sum + (place + 65) * (nasl.util.Length(text) - nasl.util.Length(nasl.util.Replace(text, letter, '')));
    }
    return sum;
  }
}

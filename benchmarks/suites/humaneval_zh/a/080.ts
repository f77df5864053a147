export namespace app.logics {
  export function isHappy(text: String): Boolean {
    let first: String;
    let second: String;
    for (const [index, third] of ListEntries(nasl.util.Split(text, ''), 2)) {
      first = nasl.util.SubString(text, index - 2, 1);
      second = nasl.util.SubString(text, index - 1, 1);
      if (first == second || second == third || first == third) {
        return false;
      }
    }
    return nasl.util.Length(text) >= 3;
  }
}

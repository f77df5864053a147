export namespace app.logics {
  export function decodeCyclic(code: String): String {
    let result: String = '';
    let start: Long = 0;
    let group: String;
    while (start < nasl.util.Length(code)) {
      group = nasl.util.SubString(code, start, 3);
      if (nasl.util.Length(group) == 3) {
        group = nasl.util.SubString(group, 2, 1) + nasl.util.SubString(group, 0, 2);
      }
      result = result + group;
      start = start + 3;
    }
    return result;
  }
}

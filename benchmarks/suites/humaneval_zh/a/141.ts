export namespace app.logics {
  export function validFileName(name: String): String {
    let at: Long;
    let first: String;
    let digits: Long;
    at = nasl.util.IndexOf(name, '.');
    if (at < 1 || at != nasl.util.LastIndexOf(name, '.')) {
      return 'No';
    }
    if (!nasl.util.Contains(['txt', 'exe', 'dll'], nasl.util.SubString(name, at + 1))) {
      return 'No';
    }
    first = nasl.util.SubString(name, 0, 1);
    digits = nasl.util.Length(nasl.util.ListFilter(nasl.util.Split(name, ''), (item) => nasl.util.IndexOf('0123456789', item)
      >= 0));
    if (nasl.util.ToLower(first) == nasl.util.ToUpper(first) || digits > 3) {
      return 'No';
    }
    return 'Yes';
  }
}

export namespace app.logics {
  export function validFileName(name: String): String {
    let parts: List<String>;
    let stem: String;
    let digits: Long;
    parts = nasl.util.Split(name, '.', true);
    if (nasl.util.Length(parts) != 2) {
      return 'No';
    }
    stem = nasl.util.Get(parts, 0);
    digits = nasl.util.Length(nasl.util.ListFilter(nasl.util.Split(name, ''), (item) => nasl.util.IndexOf('0123456789', item) >= 0));
    if (digits > 3 || !nasl.util.Contains(['txt', 'exe', 'dll'], nasl.util.Get(parts, 1))) {
      return 'No';
    }
    if (stem == '' || nasl.util.IndexOf('abcdefghijklmnopqrstuvwxyz', nasl.util.ToLower(nasl.util.SubString(stem, 0, 1))) < 0) {
      return 'No';
    }
    return 'Yes';
  }
}

export namespace app.logics {
  export function oddDigitReports(texts: List<String>): List<String> {
    return nasl.util.ListTransform(texts, (item) => `本行有${oddDigits(item)}个奇数`);
  }

  export function oddDigits(text: String): Long {
    return nasl.util.Length(nasl.util.ListFilter(nasl.util.Split(text, ''), (item) => nasl.util.IndexOf('13579', item)
      >= 0));
  }
}

export namespace app.logics {
  export function concatenate(texts: List<String>): String {
    return nasl.util.Join(texts, '');
  }
}

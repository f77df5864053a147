export namespace app.logics {
  export function strlen(text: String): Long {
    return nasl.util.Length(nasl.util.Split(text, ''));
  }
}

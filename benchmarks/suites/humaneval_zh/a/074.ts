export namespace app.logics {
  export function totalMatch(first: List<String>, second: List<String>): List<String> {
    if (nasl.util.Length(nasl.util.Join(second, '')) < nasl.util.Length(nasl.util.Join(first, ''))) {
      return second;
    }
    return first;
  }
}

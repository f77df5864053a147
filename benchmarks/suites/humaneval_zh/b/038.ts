export namespace app.logics {
  export function decodeCyclic(code: String): String {
    let result: String = '';
    let full: Long;
    let place: Long = 0;
    full = nasl.util.Length(code) - nasl.util.Length(code) % 3;
    while (place < full) {
      result = result + nasl.util.SubString(code, place + 2, 1) + nasl.util.SubString(code, place, 2);
      place = place + 3;
    }
    return result + nasl.util.SubString(code, full);
  }
}

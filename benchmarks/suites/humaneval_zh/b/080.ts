export namespace app.logics {
  export function isHappy(text: String): Boolean {
    let group: List<String>;
    let place: Long = 0;
    if (nasl.util.Length(text) < 3) {
      return false;
    }
    while (place + 3 <= nasl.util.Length(text)) {
      group = nasl.util.Split(nasl.util.SubString(text, place, 3), '');
      nasl.util.ListDistinct(group);
      if (nasl.util.Length(group) < 3) {
        return false;
      }
      place = place + 1;
    }
    return true;
  }
}

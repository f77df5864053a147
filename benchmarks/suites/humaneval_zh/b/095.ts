export namespace app.logics {
  export function keysOfOneCase(values: Map<String, String>): Boolean {
    let lower: Boolean = true;
    let upper: Boolean = true;
    let keys: List<String>;
    keys = nasl.util.MapKeys(values);
    for (const [index, key] of ListEntries(keys)) {
      lower = lower && hasNone(key, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') && !hasNone(key, 'abcdefghijklmnopqrstuvwxyz');
      upper = upper && hasNone(key, 'abcdefghijklmnopqrstuvwxyz') && !hasNone(key, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    }
    return nasl.util.Length(keys) > 0 && (lower || upper);
  }

  function hasNone(text: String, characters: String): Boolean {
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf(characters, character) >= 0) {
        return false;
      }
    }
    return true;
  }
}

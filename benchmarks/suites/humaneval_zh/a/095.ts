export namespace app.logics {
  export function keysOfOneCase(values: Map<String, String>): Boolean {
    let lower: Long = 0;
    let upper: Long = 0;
    let keys: List<String>;
    keys = nasl.util.MapKeys(values);
    for (const [index, key] of ListEntries(keys)) {
      if (nasl.util.ToLower(key) != nasl.util.ToUpper(key)) {
        if (key == nasl.util.ToLower(key)) {
          lower = lower + 1;
        } else if (key == nasl.util.ToUpper(key)) {
          upper = upper + 1;
        }
      }
    }
    return nasl.util.Length(keys) > 0 && (lower == nasl.util.Length(keys) || upper == nasl.util.Length(keys));
  }
}

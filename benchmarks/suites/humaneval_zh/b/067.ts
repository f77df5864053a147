export namespace app.logics {
  export function fruitDistribution(note: String, total: Long): Long {
    let rest: Long = total;
    let counts: String;
    counts = nasl.util.Replace(nasl.util.Replace(note, ' apples and ', ','), ' oranges', '');
    for (const [index, count] of ListEntries(nasl.util.Split(counts, ','))) {
      rest = rest - nasl.util.FromString<Long>(count);
    }
    return rest;
  }
}

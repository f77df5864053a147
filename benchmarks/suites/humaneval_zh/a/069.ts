export namespace app.logics {
  export function search(numbers: List<Long>): Long {
    let counts: Map<Long, Long>;
    let result: Long = -1;
    for (const [index, number] of ListEntries(numbers)) {
      nasl.util.MapPut(counts, number, nasl.util.MapGet(counts, number) + 1);
    }
    for (const [place, value] of ListEntries(nasl.util.MapKeys(counts))) {
      if (nasl.util.MapGet(counts, value) >= value && value > result) {
        result = value;
      }
    }
    return result;
  }
}

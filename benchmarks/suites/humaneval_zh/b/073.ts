export namespace app.logics {
  export function smallestChange(numbers: List<Long>): Long {
    let different: Long = 0;
    let mirrored: List<Long>;
    mirrored = nasl.util.Clone(numbers);
    nasl.util.ListReverse(mirrored);
    for (const [index, number] of ListEntries(numbers)) {
      if (number != nasl.util.Get(mirrored, index)) {
        different = different + 1;
      }
    }
    return nasl.util.TruncDivide(different, 2);
  }
}

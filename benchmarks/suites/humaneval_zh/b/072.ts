export namespace app.logics {
  export function willItFly(weights: List<Long>, limit: Long): Boolean {
    let mirrored: List<Long>;
    let sum: Long = 0;
    mirrored = nasl.util.Clone(weights);
    nasl.util.ListReverse(mirrored);
    for (const [index, weight] of ListEntries(weights)) {
      sum = sum + weight;
    }
    return sum <= limit && nasl.util.Contains([mirrored], weights);
  }
}

export namespace app.logics {
  export function bucketTrips(rows: List<List<Long>>, capacity: Long): Long {
    let trips: Long = 0;
    let water: Long;
    for (const [index, row] of ListEntries(rows)) {
      water = nasl.util.Length(nasl.util.ListFilter(row, (item) => item == 1));
      trips = trips + nasl.util.TruncDivide(water + capacity - 1, capacity);
    }
    return trips;
  }
}

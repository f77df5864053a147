export namespace app.logics {
  export function bucketTrips(rows: List<List<Long>>, capacity: Long): Long {
    let trips: Long = 0;
    let water: Long;
    for (const [index, row] of ListEntries(rows)) {
      water = nasl.util.ListSum(row);
      while (water > 0) {
        trips = trips + 1;
        water = water - capacity;
      }
    }
    return trips;
  }
}

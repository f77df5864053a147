export namespace app.logics {
  export function add(x: Long, y: Long): Long {
    return nasl.util.ListSum([x, y]);
  }
}

export namespace app.logics {
  export function eatCarrots(eaten: Long, need: Long, remaining: Long): List<Long> {
    let more: Long;
    more = nasl.util.ListMin([need, remaining]);
    return [eaten + more, remaining - more];
  }
}

export namespace app.logics {
  export function eatCarrots(eaten: Long, need: Long, remaining: Long): List<Long> {
    let meal: Long;
    meal = nasl.util.ListMin([need, remaining]);
    return [eaten + meal, remaining - meal];
  }
}

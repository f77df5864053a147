export namespace app.logics {
  export function planetsBetween(first: String, second: String): List<String> {
    let planets: List<String> = ['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune'];
    let near: Long;
    let far: Long;
    near = nasl.util.ListFindIndex(planets, (item) => item == first);
    far = nasl.util.ListFindIndex(planets, (item) => item == second);
    if (near < 0 || far < 0 || near == far) {
      return [];
    }
    return nasl.util.ListSlice(planets, nasl.util.ListMin([near, far]) + 1, nasl.util.ListMax([near, far]));
  }
}

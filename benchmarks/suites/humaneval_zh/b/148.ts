export namespace app.logics {
  export function planetsBetween(first: String, second: String): List<String> {
    let planets: List<String> = ['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune'];
    let result: List<String>;
    let inside: Boolean = false;
    if (first == second || !nasl.util.Contains(planets, first) || !nasl.util.Contains(planets, second)) {
      return result;
    }
    for (const [index, planet] of ListEntries(planets)) {
      if (planet == first || planet == second) {
        inside = !inside;
      } else if (inside) {
        nasl.util.Add(result, planet);
      }
    }
    return result;
  }
}

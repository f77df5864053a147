export namespace app.logics {
  export function sameChars(first: String, second: String): Boolean {
    return kinds(first) == kinds(second);
  }

  function kinds(text: String): String {
    let characters: List<String>;
    characters = nasl.util.Split(text, '');
    nasl.util.ListDistinct(characters);
    nasl.util.ListSort(characters, (item) => ({ by: item, asc: true }));
    return nasl.util.Join(characters, '');
  }
}

export namespace app.logics {
  export function countDistinctCharacters(text: String): Long {
    let characters: List<String>;
    characters = nasl.util.Split(nasl.util.ToLower(text), '');
    nasl.util.ListDistinct(characters);
    return nasl.util.Length(characters);
  }
}

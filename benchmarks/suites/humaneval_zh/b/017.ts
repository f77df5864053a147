export namespace app.logics {
  export function parseMusic(music: String): List<Long> {
    let result: List<Long>;
    for (const [index, note] of ListEntries(nasl.util.Split(music, ' '))) {
      if (note == 'o') {
        nasl.util.Add(result, 4);
      } else if (note == 'o|') {
        nasl.util.Add(result, 2);
      } else if (note == '.|') {
        nasl.util.Add(result, 1);
      }
    }
    return result;
  }
}

export namespace app.logics {
  export function parseMusic(music: String): List<Long> {
    let beats: Map<String, Long> = nasl.util.NewMap<String, Long>({ o: 4, 'o|': 2, '.|': 1 });
    let notes: List<String>;
    notes = nasl.util.ListFilter(nasl.util.Split(music, ' '), (item) => item != '');
    return nasl.util.ListTransform(notes, (item) => nasl.util.MapGet(beats, item));
  }
}

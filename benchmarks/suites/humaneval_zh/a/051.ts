export namespace app.logics {
  export function removeVowels(text: String): String {
    let kept: List<String>;
    kept = nasl.util.ListFilter(nasl.util.Split(text, ''), (item) => nasl.util.IndexOf('aeiouAEIOU', item) < 0);
    return nasl.util.Join(kept, '');
  }
}

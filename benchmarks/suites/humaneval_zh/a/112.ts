export namespace app.logics {
  export function removeAndMirror(text: String, letters: String): { result: String, palindrome: Boolean } {
    let kept: List<String>;
    let result: String;
    kept = nasl.util.ListFilter(nasl.util.Split(text, ''), (item) => nasl.util.IndexOf(letters, item) < 0);
    result = nasl.util.Join(kept, '');
    return { result, palindrome: result == nasl.util.Join(nasl.util.ListReverse(nasl.util.Clone(kept)), '') };
  }
}

export namespace app.logics {
  export function evenLengthWords(words: List<String>): List<String> {
    let result: List<String>;
    result = nasl.util.ListFilter(words, (item) => nasl.util.Length(item) % 2 == 0);
    nasl.util.ListSort(result, (item) => ({ by: nasl.util.Length(item), asc: true }), (item) => ({ by: item, asc: true }));
    return result;
  }
}

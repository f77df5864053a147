export namespace app.logics {
  export function swapAndMoveVowels(text: String): String {
    let from: String = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    let to: String = 'cbcdgfghkjklmnqpqrstwvwxyzCBCDGFGHKJKLMNQPQRSTWVWXYZ';
    let result: String = '';
    for (const [index, character] of ListEntries(nasl.util.Split(text, ''))) {
      if (nasl.util.IndexOf(from, character) >= 0) {
        result = result + nasl.util.SubString(to, nasl.util.IndexOf(from, character), 1);
      } else {
        result = result + character;
      }
    }
    return result;
  }
}

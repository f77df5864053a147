export namespace app.logics {
  export function makePalindrome(text: String): String {
    let length: Long;
    let added: Long = 0;
    let mirrored: String;
    length = nasl.util.Length(text);
    mirrored = nasl.util.Join(nasl.util.ListReverse(nasl.util.Split(text, '')), '');
    while (nasl.util.SubString(text, added) != nasl.util.SubString(mirrored, 0, length - added)) {
      added = added + 1;
    }
    return text + nasl.util.SubString(mirrored, length - added);
  }
}

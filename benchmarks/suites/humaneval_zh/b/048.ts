export namespace app.logics {
  export function isPalindrome(text: String): Boolean {
    let left: Long = 0;
    let right: Long;
    right = nasl.util.Length(text) - 1;
    while (left < right) {
      if (nasl.util.SubString(text, left, 1) != nasl.util.SubString(text, right, 1)) {
        return false;
      }
      left = left + 1;
      right = right - 1;
    }
    return true;
  }
}

export namespace app.logics {
  export function isPalindrome(text: String): Boolean {
    return nasl.util.Join(nasl.util.ListReverse(nasl.util.Split(text, '')), '') == text;
  }
}

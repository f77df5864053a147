export namespace app.logics {
  export function smallRoman(number: Long): String {
    let ones: List<String> = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
    let tens: List<String> = ['', 'x', 'xx', 'xxx', 'xl', 'l', 'lx', 'lxx', 'lxxx', 'xc'];
    let hundreds: List<String> = ['', 'c', 'cc', 'ccc', 'cd', 'd', 'dc', 'dcc', 'dccc', 'cm'];
    if (number == 1000) {
      return 'm';
    }
    return nasl.util.Get(hundreds, nasl.util.TruncDivide(number, 100)) + nasl.util.Get(tens, nasl.util.TruncDivide(number % 100, 10)) + nasl.util.Get(ones, number % 10);
  }
}

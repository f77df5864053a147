export namespace app.logics {
  export function wholeProduct(a: String, b: String): Boolean {
    let first: List<String>;
    let second: List<String>;
    let numerator: Long;
    let denominator: Long;
    first = nasl.util.Split(a, '/');
    second = nasl.util.Split(b, '/');
    numerator = nasl.util.FromString<Long>(nasl.util.Get(first, 0)) * nasl.util.FromString<Long>(nasl.util.Get(second, 0));
    denominator = nasl.util.FromString<Long>(nasl.util.Get(first, 1)) * nasl.util.FromString<Long>(nasl.util.Get(second, 1));
    return numerator % denominator == 0;
  }
}

export namespace app.logics {
  export function wholeProduct(a: String, b: String): Boolean {
    let top: Long;
    let bottom: Long;
    top = part(a, 0) * part(b, 0);
    bottom = part(a, 1) * part(b, 1);
    return top % bottom == 0;
  }

  export function part(fraction: String, place: Long): Long {
    return nasl.util.FromString<Long>(nasl.util.Get(nasl.util.Split(fraction, '/'), place));
  }
}

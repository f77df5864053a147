export namespace app.logics {
  export function stringXor(first: String, second: String): String {
    let result: String = '';
    let sum: Long;
    let place: Long = 0;
    while (place < nasl.util.Length(first)) {
      sum = nasl.util.FromString<Long>(nasl.util.SubString(first, place, 1)) + nasl.util.FromString<Long>(nasl.util.SubString(second, place, 1));
      result = result + nasl.util.ToString(sum % 2);
      place = place + 1;
    }
    return result;
  }
}

"""Numbers and quoted texts: what their spelling stands for."""

import re
from decimal import Decimal, InvalidOperation

PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))|(\r\n)"
)  # the last: an end of line inside a template
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\r": ""}


def unescape(raw: str) -> str:
    """The text that an escaped one stands for.

    >>> unescape(r"a\\n\\u4e2d\\'")
    "a\\n中'"
    """
    if "\\" not in raw and "\r" not in raw:
        return raw

    def one(found: re.Match[str]) -> str:
        braces, four, two, simple, line_end = found.groups()
        if line_end:
            return "\n"
        if simple is not None:
            return _SIMPLE.get(simple, simple)
        code = int(braces or four or two, 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    text = _ESCAPE.sub(one, raw)
    if any("\ud800" <= char <= "\udfff" for char in text):  # two halves of one character, each escaped
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return text


def plain_number(text: str) -> str | None:
    """A TypeScript number as plain digits, None where it is none.

    >>> plain_number("1_000"), plain_number("1.5e3"), plain_number("0x1F"), plain_number(".5")
    ('1000', '1500', '31', '0.5')
    """
    bare = text.replace("_", "").removesuffix("n")
    if re.fullmatch(r"0[xXoObB][0-9a-fA-F]+", bare):
        try:
            return str(int(bare, 0))
        except ValueError:
            return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return None
    digits = format(number, "f")
    if "." in bare and not ("e" in bare or "E" in bare) and "." not in digits:
        digits += ".0"  # `5.` is a Decimal
    return digits

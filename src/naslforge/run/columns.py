"""NASL values as a database stores them and back, by type. Every mapping keeps order and equality for SQL.

Decimal is a text whose plain byte order is the numeric order; Long, Boolean and enum items of Long are integers;
DateTime is microseconds since 1970 in UTC; Date and Time are ISO texts; texts compare by code point.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from naslforge.lang import types as t
from naslforge.run.values import NaslError, Time, illegal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EXPONENT_SHIFT = 5_000_000
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


@dataclass(frozen=True, slots=True)
class Codec:
    """How the values of one type are stored; null is handled outside."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


@lru_cache(maxsize=4096)
def encode_decimal(value: Decimal) -> str:
    """A text that sorts as the number does, the same for equal numbers.

    >>> sorted(map(encode_decimal, map(Decimal, ["-2", "10", "9.5", "-10", "0"]))) == [
    ...     encode_decimal(Decimal(x)) for x in ["-10", "-2", "0", "9.5", "10"]]
    True
    """
    sign, digits, _ = value.as_tuple()
    text = "".join(map(str, digits)).rstrip("0")
    if not text:
        return "1"
    exponent = f"{value.adjusted() + _EXPONENT_SHIFT:07d}"
    if sign:  # more negative sorts first: complement, and an end mark above every digit
        return "0" + (exponent + text).translate(_COMPLEMENT) + "~"
    return "2" + exponent + text


@lru_cache(maxsize=4096)
def decode_decimal(stored: str) -> Decimal:
    """The number behind `encode_decimal`, without trailing zeros."""
    if stored == "1":
        return Decimal(0)
    sign = "-" if stored[0] == "0" else ""
    body = stored[1:-1].translate(_COMPLEMENT) if sign else stored[1:]
    exponent, digits = int(body[:7]) - _EXPONENT_SHIFT, body[7:]
    shift = exponent - len(digits) + 1
    if shift > 0:  # 1200 is 12E+2 inside: give plain digits
        digits, shift = digits + "0" * shift, 0
    return Decimal(f"{sign}{digits}E{shift}") if shift else Decimal(sign + digits)


def encode_instant(value: datetime) -> int:
    return (value - EPOCH) // timedelta(microseconds=1)


def decode_instant(stored: int) -> datetime:
    return EPOCH + timedelta(microseconds=stored)


def encode_time(value: Any) -> str:
    """`HH:MM:SS`, with a fraction where there is one."""
    return value.value.isoformat()


def decode_time(stored: str) -> Any:
    return Time.parse(stored)


def encode_text(value: Any) -> Any:
    """The text itself. Raises a fault for half of a pair of UTF-16."""
    if isinstance(value, str) and not value.isprintable():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise half_character() from error
    return value


def half_character() -> NaslError:
    return illegal("a text with half a character cannot be stored", "文本里有半个字符，不能存入数据库")


def _same(value: Any) -> Any:
    return value


_PLAIN = Codec(encode_text, _same)
_CODECS = {
    "Boolean": Codec(int, bool),
    "Long": Codec(_same, _same),
    "Decimal": Codec(encode_decimal, decode_decimal),
    "Date": Codec(date.isoformat, date.fromisoformat),
    "Time": Codec(encode_time, decode_time),
    "DateTime": Codec(encode_instant, decode_instant),
}


def codec_of(type_: t.Type) -> Codec:
    """The codec of a type that a column can have."""
    return _CODECS.get(type_.name, _PLAIN) if isinstance(type_, t.Primitive) else _PLAIN

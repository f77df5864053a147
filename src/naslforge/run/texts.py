"""Texts as the language sees them: UTF-16 units counted from 0, held as Python texts of whole characters.

A text without characters beyond the basic plane, the usual case, is its own row of units. Others are opened into
surrogates for the work and closed again.
"""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from naslforge.lang import types as t
from naslforge.run.limits import LimitReached
from naslforge.run.values import Shapes, Struct, Time, plain_decimal

INDENT = "    "
LONGEST_QUOTED = 100
DEEPEST = 50


def units(text: str) -> str:
    """The text with every UTF-16 unit as one character.

    >>> len(units("a😀")), units("ab")
    (3, 'ab')
    """
    if text.isascii() or len(raw := text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return text
    return "".join(map(chr, memoryview(raw).cast("H")))


def whole(text: str) -> str:
    """Units closed to characters again.

    >>> whole(units("a😀")) == "a😀"
    True
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def length(text: str) -> int:
    """Number of UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def before(a: str, b: str) -> bool:
    """Does `a` stand before `b`, unit by unit?"""
    if a.isascii() or b.isascii():
        return a < b
    return order_key(a) < order_key(b)


def order_key(text: str) -> bytes:
    """Sorts texts by unit."""
    return text.encode("utf-16-be", "surrogatepass")


def glue(parts: list[str]) -> str:
    """The parts in a row; halves of a character that meet become one."""
    text = "".join(parts)
    return text if text.isascii() or not any(p and "\udc00" <= p[0] <= "\udfff" for p in parts) else whole(text)


def instant_text(value: datetime, zone: tzinfo) -> str:
    return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")


def label_of(shapes: Shapes, enum: str, value: Any) -> str:
    """The label of an enum item, or the stored value itself where the enum has no such item."""
    return next((label for _, stored, label in shapes.enums.get(enum, ()) if stored == value), str(value))


class Printer:
    """Text forms by static type, as of ToString; a type that says nothing leaves it to the value.

    `longest` bounds a dump: values that share or hold themselves cannot make it endless.
    """

    def __init__(self, shapes: Shapes, zone: tzinfo, longest: int = 1_000_000):
        self.shapes, self.zone, self.left = shapes, zone, longest

    def text(self, value: Any, type_: t.Type) -> str:
        """The text of a value; null is the empty text."""
        if value is None:
            return ""
        if isinstance(value, list | dict | Struct):
            return "\n".join(self.lines(value, type_))
        return self.plain(value, type_)

    def plain(self, value: Any, type_: t.Type) -> str:
        if isinstance(type_, t.EnumType):
            return label_of(self.shapes, type_.name, value)
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            return plain_decimal(value)
        if isinstance(value, datetime):
            local = value.astimezone(self.zone)
            if type_ == t.TIME:
                return str(Time(local.time()))
            return local.date().isoformat() if type_ == t.DATE else instant_text(value, self.zone)
        return value.isoformat() if isinstance(value, date) else str(value)

    def lines(self, value: Any, type_: t.Type, depth: int = 0) -> list[str]:
        """The dump of a container, one entry a line."""
        if depth > DEEPEST:
            raise LimitReached("memory_limit", "a value is nested too deeply, or holds itself")
        if isinstance(value, list):
            item = type_.item if isinstance(type_, t.ListOf) else t.ANY
            return self._framed("[", [("", v, item) for v in value], "]", depth)
        if isinstance(value, dict):
            key, item = (type_.key, type_.value) if isinstance(type_, t.MapOf) else (t.ANY, t.ANY)
            return self._framed("{", [(f"{self.inner(k, key)} -> ", v, item) for k, v in value.items()], "}", depth)
        own = type_ if isinstance(type_, t.Structure | t.Entity | t.Anonymous) else value.type
        types = dict(self.shapes.fields_of(own))
        name = getattr(own, "name", "").rpartition(".")[2]
        entries = [(f"{n}: ", v, types.get(n, t.ANY)) for n, v in value.fields.items()]
        return self._framed(f"{name} {{".lstrip(), entries, "}", depth)

    def _framed(self, opening: str, entries: list[tuple[str, Any, t.Type]], closing: str, depth: int) -> list[str]:
        if not entries:
            return [opening + closing]
        body: list[str] = []
        for head, value, type_ in entries:
            nested = isinstance(value, list | dict | Struct)
            inner = self.lines(value, type_, depth + 1) if nested else [self.inner(value, type_)]
            inner[0] = head + inner[0]
            inner[-1] += ","
            self.left -= sum(len(INDENT) + len(line) for line in inner)
            if self.left < 0:
                raise LimitReached("memory_limit", "a text form is too long")
            body += [INDENT + line for line in inner]
        body[-1] = body[-1][:-1]
        return [opening, *body, closing]

    def inner(self, value: Any, type_: t.Type) -> str:
        """A value inside a dump: texts and dates quoted, long texts cut."""
        if value is None:
            return "（空）"
        text = self.plain(value, type_)
        if isinstance(type_, t.EnumType) or isinstance(value, bool | int | Decimal):
            return text
        if length(text) > LONGEST_QUOTED:
            text = whole(units(text)[:LONGEST_QUOTED]) + "..."
        return f'"{text}"'

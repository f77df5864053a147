"""What NASL values are in Python, how they start, and the faults a program can have.

Boolean, Long, Decimal, String, Date and DateTime (aware, UTC) are Python's own; List and Map are list and dict; an
enum item is its stored value; null is None. Structures, times of day and regexes are the classes here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Underflow
from functools import total_ordering
from typing import Any

from naslforge.lang import types as t

LONG_MAX = 2**63 - 1
DIGITS = 4000  # more digits than this are no exact number any more, but an attack
LEVELS = 2  # structures inside a started structure are started down to this level (REFERENCE 2.7)

# Sums, differences and products are exact: a result that would be rounded is a fault. Quotients keep 20 digits.
EXACT = Context(
    prec=DIGITS, rounding=ROUND_HALF_UP, Emax=2 * DIGITS, Emin=-2 * DIGITS,
    traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Inexact],
)  # fmt: skip
ROUGH = Context(
    prec=20, rounding=ROUND_HALF_UP, Emax=2 * DIGITS, Emin=-2 * DIGITS,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)  # fmt: skip
ZERO = Decimal(0)
ABORTED = "Aborted"  # the error name of abort()


class NaslError(Exception):
    """A runtime error of the program (REFERENCE 3.5). `kind` is the full name, `nasl.error.SystemArithmeticError`."""

    def __init__(self, kind: str, message: str = "", message_zh: str = ""):
        self.kind = kind if "." in kind or kind == ABORTED else f"nasl.error.{kind}"
        self.message, self.message_zh = message, message_zh or message
        super().__init__(f"{self.kind}: {message}")

    @property
    def name(self) -> str:
        """The last part of the full name."""
        return self.kind.rpartition(".")[2]


def illegal(message: str, message_zh: str = "") -> NaslError:
    return NaslError("SystemIllegalArgumentError", message, message_zh)


def arithmetic(message: str, message_zh: str = "") -> NaslError:
    return NaslError("SystemArithmeticError", message, message_zh)


class Struct:
    """A structure, entity or anonymous structure: equal only to itself. `type` is a type of `lang.types`."""

    __slots__ = ("fields", "type")

    def __init__(self, type: t.Type, fields: dict[str, Any]):
        self.type, self.fields = type, fields

    def __repr__(self) -> str:
        return f"Struct({t.show(self.type)}, {self.fields!r})"


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Time:
    """A time of day; `seconds` tells whether the text had seconds, which its printed form keeps."""

    value: time
    seconds: bool = True

    @classmethod
    def parse(cls, text: str) -> "Time":
        """`09:30:00`, `09:30` or with a fraction of a second. Raises ValueError for anything else.

        >>> str(Time.parse("9:05"))
        '09:05'
        """
        found = _TIME.fullmatch(text)
        if not found:
            raise ValueError(f"no time of day: {text!r}")
        hour, minute, second, fraction = found.groups()
        micros = int((fraction or "0")[:6].ljust(6, "0"))
        return cls(time(int(hour), int(minute), int(second or 0), micros), second is not None)

    def __str__(self) -> str:
        return self.value.strftime("%H:%M:%S" if self.seconds else "%H:%M")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Time) and self.value == other.value

    def __lt__(self, other: "Time") -> bool:
        return self.value < other.value

    def __hash__(self) -> int:
        return hash(self.value)


_TIME = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression in JavaScript syntax; flags are out of `g`, `i`, `m`."""

    pattern: str
    flags: str = ""


def plain_decimal(value: Decimal | int) -> str:
    """Plain digits: no exponent, no trailing zeros, no -0.

    >>> plain_decimal(Decimal("-12.50")), plain_decimal(Decimal("1E+3")), plain_decimal(Decimal("-0.0"))
    ('-12.5', '1000', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def long(value: int) -> int:
    """The number itself. Raises a fault outside 64 bits."""
    if -LONG_MAX <= value <= LONG_MAX:
        return value
    raise arithmetic(f"{value} is outside the range of Long", f"{value} 超出 Long 的范围")


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a run must know of the program's types: properties, declared defaults, enum items, type parameters.

    `defaults` makes the value of a property that has an initialiser, by structure and property.
    """

    fields: Mapping[str, tuple[tuple[str, t.Type], ...]] = field(default_factory=dict)
    enums: Mapping[str, tuple[tuple[str, str | int, str], ...]] = field(default_factory=dict)
    defaults: Mapping[str, Mapping[str, Callable[[], Any]]] = field(default_factory=dict)
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of generic structures

    def fields_of(self, type_: t.Type) -> tuple[tuple[str, t.Type], ...]:
        """The properties of a structure, entity or anonymous structure, type parameters filled in; else none."""
        match type_:
            case t.Anonymous(fields):
                return fields
            case t.Structure(name, args) if args:
                bound = dict(zip(self.params.get(name, ()), args, strict=False))
                return tuple((n, substitute(ft, bound)) for n, ft in self.fields.get(name, ()))
            case t.Structure(name) | t.Entity(name):
                return self.fields.get(name, ())
            case _:
                return ()

    def start(self, type_: t.Type, levels: int = LEVELS) -> Any:
        """What a variable of the type starts with (REFERENCE 2.7)."""
        match type_:
            case t.ListOf():
                return []
            case t.MapOf():
                return {}
            case t.Structure() | t.Entity() | t.Anonymous():
                return self.instance(type_, {}, levels) if type_ != t.REGEX else None
            case _:
                return None

    def instance(self, type_: t.Type, given: dict[str, Any], levels: int = LEVELS) -> Struct:
        """A new structure with the given properties; the others start as they are declared."""
        defaults = self.defaults.get(getattr(type_, "name", ""), {})
        fields: dict[str, Any] = {}
        for name, field_type in self.fields_of(type_):
            if name in given:
                fields[name] = given[name]
            elif name in defaults:
                fields[name] = defaults[name]()
            elif levels or isinstance(field_type, t.ListOf | t.MapOf):
                fields[name] = self.start(field_type, levels - 1)
            else:
                fields[name] = None
        return Struct(type_, fields)


def substitute(type_: t.Type, bound: Mapping[str, t.Type]) -> t.Type:
    """The type with type parameters replaced by what they are bound to."""
    match type_:
        case t.TypeVar(name):
            return bound.get(name, type_)
        case t.ListOf(item):
            return t.ListOf(substitute(item, bound))
        case t.MapOf(key, value):
            return t.MapOf(substitute(key, bound), substitute(value, bound))
        case t.Structure(name, args) if args:
            return t.Structure(name, tuple(substitute(a, bound) for a in args))
        case t.Anonymous(fields):
            return t.Anonymous(tuple((n, substitute(ft, bound)) for n, ft in fields))
        case _:
            return type_

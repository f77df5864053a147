"""The operators, null rules and accesses that emitted code calls (REFERENCE 2.4, 2.5, decisions D13 to D18).

Sums, comparisons of numbers and the like stand in the emitted code itself; here is what needs more than a line.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, DecimalException
from typing import Any, NoReturn

from naslforge.lang import types as t
from naslforge.run import texts
from naslforge.run.limits import LimitReached
from naslforge.run.values import (
    ABORTED,
    EXACT,
    ROUGH,
    ZERO,
    NaslError,
    Regex,
    Shapes,
    Struct,
    Time,
    arithmetic,
    long,
)


def overflow(value: int) -> NoReturn:
    long(value)
    raise AssertionError("overflow() of a Long in range")


def divide(a: Any, b: Any) -> Decimal:
    """The quotient with 20 significant digits; a null dividend counts as 0."""
    if not b:
        raise arithmetic("division by zero", "除数为 0")
    try:
        return ROUGH.divide(Decimal(a or 0), Decimal(b))
    except DecimalException as error:
        raise arithmetic("a quotient out of range", "商超出范围") from error


def remainder(a: Any, b: Any) -> Any:
    """The remainder with the sign of the left side; Long of Longs."""
    if not b:
        raise arithmetic("remainder of a division by zero", "除数为 0")
    a = a or 0
    if isinstance(a, int) and isinstance(b, int):
        rest = abs(a) % abs(b)
        return -rest if a < 0 else rest
    try:
        return EXACT.remainder(Decimal(a), Decimal(b)) + ZERO
    except DecimalException as error:
        raise arithmetic("a remainder out of range", "余数超出范围") from error


def widen(value: int | None) -> Decimal | None:
    """A Long where a Decimal is wanted."""
    return None if value is None else Decimal(value)


def add_all(values: tuple[Any, ...]) -> Any:
    """A long chain of `+` over numbers."""
    total = values[0] or 0
    for value in values[1:]:
        total = total + (value or 0)
        if isinstance(total, int):
            long(total)
    return total


_CALCULATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: (a or 0) + (b or 0),
    "-": lambda a, b: (a or 0) - (b or 0),
    "*": lambda a, b: (a or 0) * (b or 0),
    "/": divide,
    "%": remainder,
}


def calculate(op: str, a: Any, b: Any) -> Any:
    """Arithmetic on values whose types are known only now."""
    for value in (a, b):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
            raise NaslError("SystemClassCastError", f"`{op}` of a value that is no number", f"`{op}` 的操作数不是数值")
    result = _CALCULATIONS[op](a, b)
    return long(result) if isinstance(result, int) else result


def before(op: str, a: Any, b: Any) -> bool:
    """A comparison of values whose types are known only now; null gives false."""
    if a is None or b is None:
        return False
    if op in (">", ">="):
        a, b = b, a
    try:
        if isinstance(a, str) and isinstance(b, str):
            return texts.before(a, b) if op in ("<", ">") else not texts.before(b, a)
        return bool(a < b if op in ("<", ">") else a <= b)
    except TypeError as error:
        raise NaslError("SystemClassCastError", "the values cannot be compared", "两个值无法比较") from error


def text_before(a: str | None, b: str | None) -> bool:
    """`a < b` of texts, by code unit; a null side gives false."""
    return a is not None and b is not None and texts.before(a, b)


def text_to(a: str | None, b: str | None) -> bool:
    """`a <= b` of texts."""
    return a is not None and b is not None and not texts.before(b, a)


def same(a: Any, b: Any) -> bool:
    """`==` where the static types do not decide: containers by identity, the rest by value; true is not 1."""
    if a is b:
        return True
    if isinstance(a, list | dict | Struct) or isinstance(b, list | dict | Struct):
        return False
    return bool(a == b) and isinstance(a, bool) == isinstance(b, bool)


def equal_deep(a: Any, b: Any, spend: Callable[[int], None], depth: int = 0) -> bool:
    """Equal in content, as Contains compares; every item looked at is a step."""
    if a is b:
        return True
    if depth > texts.DEEPEST:
        raise LimitReached("memory_limit", "a value is nested too deeply, or holds itself")
    spend(1)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(equal_deep(x, y, spend, depth + 1) for x, y in zip(a, b, strict=True))
    if isinstance(a, Struct) and isinstance(b, Struct):
        a, b = a.fields, b.fields
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal_deep(v, b[k], spend, depth + 1) for k, v in a.items())
    return same(a, b)


# --- conditions in words


def like(text: str | None, pattern: str | None) -> bool:
    """`text` contains the pattern: `%` is any text, `_` one character, `\\%` and `\\_` themselves."""
    if text is None or pattern is None:
        return False
    at = 0
    for piece in _pieces(pattern):
        at = _find(text, piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _pieces(pattern: str) -> list[list[str | None]]:
    """The runs between `%`; None stands for `_`."""
    runs: list[list[str | None]] = [[]]
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\" and pattern[at + 1 : at + 2] in ("%", "_"):
            at += 1
            runs[-1].append(pattern[at])
        elif sign == "%":
            runs.append([])
        else:
            runs[-1].append(None if sign == "_" else sign)
        at += 1
    return [run for run in runs if run]


def _find(text: str, piece: list[str | None], start: int) -> int:
    if None not in piece:
        return text.find("".join(piece), start)  # type: ignore[arg-type]
    for at in range(start, len(text) - len(piece) + 1):
        if all(p is None or p == text[at + i] for i, p in enumerate(piece)):
            return at
    return -1


def starts_with(text: str | None, prefix: str | None) -> bool:
    return text is not None and prefix is not None and text.startswith(prefix)


def ends_with(text: str | None, suffix: str | None) -> bool:
    return text is not None and suffix is not None and text.endswith(suffix)


def is_in(value: Any, container: Any) -> bool:
    """Some item equals the value, a text holds it, a Map or structure has the key."""
    if isinstance(container, list):
        return any(same(item, value) for item in container)
    if isinstance(container, str):
        return isinstance(value, str) and value in container
    if isinstance(container, Struct):
        return value in container.fields
    return isinstance(container, dict) and not isinstance(value, list | dict) and value in container


# --- accesses


def length(value: Any) -> int | None:
    """`.length` of a text, List or Map."""
    if value is None:
        return None
    return texts.length(value) if isinstance(value, str) else len(value)


def member(value: Any, name: str) -> Any:
    """A property read through a value of type Any."""
    if isinstance(value, Struct):
        return value.fields.get(name)
    if isinstance(value, Regex) and name in ("pattern", "flags"):
        return value.pattern if name == "pattern" else value.flags
    return value.get(name) if isinstance(value, dict) else None


def store(target: Any, name: str, value: Any) -> None:
    """`target.name = value`; through null it is a fault (D18)."""
    if target is None:
        raise NaslError(
            "SystemNullPointerError", f"cannot write `{name}`: the object is null", f"对象为空，不能给 `{name}` 赋值"
        )
    if not isinstance(target, Struct):
        raise NaslError("SystemClassCastError", f"cannot write `{name}` of this value", f"该值没有属性 `{name}`")
    target.fields[name] = value


def turns(items: list[Any] | None, start: int | None = None, end: int | None = None) -> Iterator[tuple[int, Any]]:
    """The turns of a loop over a list: bounds are fixed at the start, items that went away read as null (D22)."""
    if items is None:
        return
    size = len(items)
    for i in range(max(start or 0, 0), size if end is None else min(end, size)):
        yield i, items[i] if i < len(items) else None


def abort(message: str | None = None) -> NoReturn:
    raise NaslError(ABORTED, message or "aborted", message or "已中止")


def no_function(name: str) -> NoReturn:
    raise NaslError(
        "SystemIllegalArgumentError", f"`{name}` needs a function, not null", f"`{name}` 的函数参数不能为 null"
    )


# --- values of type Any


def cast(value: Any, type_: t.Type, shapes: Shapes) -> Any:
    """A value of type Any where `type_` is wanted. Raises a fault when it is none."""
    if isinstance(value, int) and type_ == t.DECIMAL and not isinstance(value, bool):
        return Decimal(value)
    if value is None or is_a(value, type_, shapes):
        return value
    raise NaslError("SystemClassCastError", f"the value is no {t.show(type_)}", f"该值不是 {t.show(type_)}")


_PYTHON: dict[str, tuple[type, ...]] = {
    "Boolean": (bool,),
    "Long": (int,),
    "Decimal": (Decimal, int),
    "String": (str,),
    "Text": (str,),
    "Email": (str,),
    "Binary": (str,),
    "Time": (Time,),
    "DateTime": (datetime,),
    "Date": (date,),
}


def is_a(value: Any, type_: t.Type, shapes: Shapes) -> bool:
    """Is the value one of the type? The items of Lists and Maps are not looked at."""
    match type_:
        case t.Primitive(name):
            if name == "Date" and isinstance(value, datetime):
                return False
            return name not in _PYTHON or (
                isinstance(value, _PYTHON[name]) and (isinstance(value, bool) == (name == "Boolean"))
            )
        case t.ListOf():
            return isinstance(value, list)
        case t.MapOf():
            return isinstance(value, dict)
        case t.EnumType(name):
            return any(same(value, stored) for _, stored, _ in shapes.enums.get(name, ()))
        case t.Union(members):
            return any(is_a(value, m, shapes) for m in members)
        case t.Structure() if type_ == t.REGEX:
            return isinstance(value, Regex)
        case t.Anonymous(fields):
            return isinstance(value, Struct) and all(n in value.fields for n, _ in fields)
        case t.Structure(name) | t.Entity(name):
            own = value.type if isinstance(value, Struct) else None
            return isinstance(own, t.Anonymous) or getattr(own, "name", None) == name
        case _:
            return True


def is_instance(value: Any, type_: t.Type, shapes: Shapes) -> bool:
    """`_value instanceof T`: null is none."""
    return value is not None and is_a(value, type_, shapes)

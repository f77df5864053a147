"""Python values to NASL types: a shape per value, joined over all examples of one position, then settled.

Lists need one item type; a tuple of one type is a List, a mixed tuple of fixed length an anonymous structure with
`first`, `second`, ...; a dict of one value type is a Map, a mixed one with constant keys an anonymous structure.
None fits everywhere, as null does in NASL.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

LONG_LIMIT = 2**63 - 1
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class Inexpressible(Exception):
    """The value, test or task has no NASL form; the text is the reason that is counted."""


@dataclass(frozen=True, slots=True)
class Plain:
    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    item: "Shape"


@dataclass(frozen=True, slots=True)
class MapOf:
    key: "Shape"
    value: "Shape"


@dataclass(frozen=True, slots=True)
class TupleOf:
    items: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class RecordOf:
    fields: tuple[tuple[str, "Shape"], ...]


Shape: TypeAlias = Plain | ListOf | MapOf | TupleOf | RecordOf

NULL, BOOLEAN, LONG, DECIMAL, STRING = (Plain(n) for n in ("Null", "Boolean", "Long", "Decimal", "String"))


def join_all(shapes: Iterable[Shape]) -> Shape:
    """The smallest shape that all fit; null for none. Raises Inexpressible."""
    joint: Shape = NULL
    for shape in shapes:
        joint = join(joint, shape)
    return joint


def shape_of(value: Any) -> Shape:
    """The shape of one Python value. Raises Inexpressible."""
    match value:
        case None:
            return NULL
        case bool():
            return BOOLEAN
        case int():
            if abs(value) > LONG_LIMIT:
                raise Inexpressible("integer beyond 64 bits")
            return LONG
        case float():
            if not math.isfinite(value):
                raise Inexpressible("infinite or undefined number")
            return DECIMAL
        case str():
            return STRING
        case list() | set() | frozenset():
            return ListOf(join_all(map(shape_of, value)))
        case tuple():
            return TupleOf(tuple(map(shape_of, value)))
        case dict():
            return _dict_shape(value)
    raise Inexpressible(f"value of type {type(value).__name__}")


def _dict_shape(value: dict[Any, Any]) -> Shape:
    shapes = [shape_of(v) for v in value.values()]
    try:
        key = join_all(map(shape_of, value))
        item = join_all(shapes)
    except Inexpressible:
        if all(isinstance(k, str) and k.isidentifier() for k in value):
            return RecordOf(tuple(zip(value, shapes, strict=True)))
        raise Inexpressible("mixed types in one map") from None
    if not isinstance(key, Plain):
        raise Inexpressible("map key that is not a plain value")
    return MapOf(key, item)


def join(a: Shape, b: Shape) -> Shape:
    """The smallest shape that both fit. Raises Inexpressible."""
    if a == b or b == NULL:
        return a
    if a == NULL:
        return b
    match a, b:
        case (Plain(), Plain()) if {a, b} == {LONG, DECIMAL}:
            return DECIMAL
        case (ListOf(), ListOf()):
            return ListOf(join(a.item, b.item))
        case (MapOf(), MapOf()):
            return MapOf(join(a.key, b.key), join(a.value, b.value))
        case (TupleOf(), TupleOf()) if len(a.items) == len(b.items):
            return TupleOf(tuple(map(join, a.items, b.items)))
        case (TupleOf() | ListOf(), TupleOf() | ListOf()):
            return join(_as_list(a), _as_list(b))
        case (RecordOf(), RecordOf()) if dict(a.fields).keys() == dict(b.fields).keys():
            other = dict(b.fields)
            return RecordOf(tuple((name, join(shape, other[name])) for name, shape in a.fields))
    raise Inexpressible("mixed types in one place")


def _as_list(shape: Shape) -> ListOf:
    if isinstance(shape, TupleOf):
        return ListOf(join_all(shape.items))
    assert isinstance(shape, ListOf)
    return shape


def settle(shape: Shape) -> Shape:
    """The shape with every tuple decided: a List where its items join, else an anonymous structure."""
    match shape:
        case ListOf(item):
            return ListOf(settle(item))
        case MapOf(key, value):
            return MapOf(key, settle(value))
        case RecordOf(fields):
            return RecordOf(tuple((name, settle(item)) for name, item in fields))
        case TupleOf(items):
            try:
                return settle(_as_list(shape))
            except Inexpressible:
                if len(items) > len(_ORDINALS):
                    raise Inexpressible("long tuple of mixed types") from None
                return RecordOf(tuple(zip(_ORDINALS, map(settle, items), strict=False)))
    return shape


def is_known(shape: Shape) -> bool:
    """Whether every part of a settled shape has a type (an always empty list has no item type)."""
    match shape:
        case Plain():
            return shape != NULL
        case ListOf(item):
            return is_known(item)
        case MapOf(key, value):
            return is_known(key) and is_known(value)
        case RecordOf(fields):
            return all(is_known(item) for _, item in fields)
    return False


def type_text(shape: Shape) -> str:
    """The NASL type of a settled shape.

    >>> type_text(settle(shape_of([("a", 1), ("b", 2)])))
    'List<{ first: String, second: Long }>'
    """
    match shape:
        case Plain(name):
            return name
        case ListOf(item):
            return f"List<{type_text(item)}>"
        case MapOf(key, value):
            return f"Map<{type_text(key)}, {type_text(value)}>"
        case RecordOf(fields):
            return "{ " + ", ".join(f"{name}: {type_text(item)}" for name, item in fields) + " }"
    raise AssertionError(f"not settled: {shape}")


def to_wire(value: Any, shape: Shape) -> Any:
    """The JSON value of a Python value of this settled shape (DESIGN section 2)."""
    if value is None:
        return None
    match shape:
        case ListOf(item):
            return [to_wire(v, item) for v in (sorted_set(value) if isinstance(value, set | frozenset) else value)]
        case MapOf(value=item):
            return {_wire_key(k): to_wire(v, item) for k, v in value.items()}
        case RecordOf(fields):
            parts = value.values() if isinstance(value, dict) else value
            by_name = value if isinstance(value, dict) else dict(zip((n for n, _ in fields), parts, strict=True))
            return {name: to_wire(by_name[name], item) for name, item in fields}
    return value


def _wire_key(key: Any) -> str:
    return ("true" if key else "false") if isinstance(key, bool) else str(key)


def sorted_set(values: Any) -> list[Any]:
    """The members of a set in an order that does not change from run to run."""
    return sorted(values, key=lambda v: (type(v).__name__, v) if isinstance(v, int | float | str) else ("~", repr(v)))


def has_decimal(shape: Shape) -> bool:
    """Whether a Decimal occurs anywhere in the shape."""
    match shape:
        case ListOf(item):
            return has_decimal(item)
        case MapOf(key, value):
            return has_decimal(key) or has_decimal(value)
        case RecordOf(fields):
            return any(has_decimal(item) for _, item in fields)
    return shape == DECIMAL

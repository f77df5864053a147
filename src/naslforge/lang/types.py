"""What a value can be, what fits where, and how a type is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True, eq=False)
class Primitive:
    """Boolean Long Decimal String Text Email Binary Date Time DateTime Any, and Null, Void for no value.

    There is one object for each, the constants below: they are compared with `is`.
    """

    name: str

    def __reduce__(self) -> tuple[Callable[[str], "Primitive"], tuple[str]]:
        return _primitive, (self.name,)


@dataclass(frozen=True, slots=True)
class ListOf:
    item: "Type"


@dataclass(frozen=True, slots=True)
class MapOf:
    key: "Type"
    value: "Type"


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure by its full name; also the built-in ones such as `nasl.util.Regex`."""

    name: str
    args: "tuple[Type, ...]" = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A value of an entity, by full name."""

    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table object `<E>Entity`; `name` is the entity's full name. Not a value."""

    name: str


@dataclass(frozen=True, slots=True)
class EnumType:
    """`of` is the type of the stored values, String or Long."""

    name: str
    of: str = "String"


@dataclass(frozen=True, slots=True)
class Anonymous:
    fields: "tuple[tuple[str, Type], ...]"


@dataclass(frozen=True, slots=True)
class Union:
    members: "tuple[Type, ...]"


@dataclass(frozen=True, slots=True)
class FunctionType:
    params: "tuple[Type, ...]"
    result: "Type"


@dataclass(frozen=True, slots=True)
class TypeVar:
    """A type parameter inside its declaration or signature; `bounds` are the types it may be, none for any."""

    name: str
    bounds: "tuple[Type, ...]" = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The type of something already reported: fits everything, silences what follows."""


Type = (
    Primitive | ListOf | MapOf | Structure | Entity | Table | EnumType | Anonymous | Union | FunctionType
    | TypeVar | Unknown
)  # fmt: skip

BOOLEAN, LONG, DECIMAL, STRING = Primitive("Boolean"), Primitive("Long"), Primitive("Decimal"), Primitive("String")
TEXT, EMAIL, BINARY = Primitive("Text"), Primitive("Email"), Primitive("Binary")
DATE, TIME, DATETIME = Primitive("Date"), Primitive("Time"), Primitive("DateTime")
ANY, NULL, VOID, UNKNOWN = Primitive("Any"), Primitive("Null"), Primitive("Void"), Unknown()
REGEX = Structure("nasl.util.Regex")

NUMBERS = (LONG, DECIMAL)
TEXTS = (STRING, TEXT, EMAIL)
PRIMITIVES = {
    p.name: p for p in (BOOLEAN, LONG, DECIMAL, STRING, TEXT, EMAIL, BINARY, DATE, TIME, DATETIME, ANY)
}  # fmt: skip
ALIASES = {"Integer": LONG, "Double": DECIMAL, "string": STRING, "void": VOID}


def _primitive(name: str) -> Primitive:
    """The one object of that name, for copies."""
    return {"Null": NULL, "Void": VOID}.get(name) or PRIMITIVES[name]


FieldsOf = Callable[[Type], "tuple[tuple[str, Type], ...] | None"]


def fits(given: Type, wanted: Type, fields_of: FieldsOf) -> bool:
    """May a value of type `given` stand where `wanted` is expected? (REFERENCE 2.3; literals are looser.)"""
    if given is wanted or given == wanted or isinstance(given, Unknown) or isinstance(wanted, Unknown):
        return True
    if given in (NULL, ANY) or wanted is ANY:
        return given is not VOID
    if isinstance(given, Union):
        return all(fits(member, wanted, fields_of) for member in given.members)
    if isinstance(wanted, Union):
        return any(fits(given, member, fields_of) for member in wanted.members)
    if given is LONG and wanted is DECIMAL:
        return True
    if given in TEXTS and wanted in TEXTS:
        return True
    if isinstance(given, ListOf) and isinstance(wanted, ListOf):
        return _same(given.item, wanted.item)
    if isinstance(given, MapOf) and isinstance(wanted, MapOf):
        return _same(given.key, wanted.key) and _same(given.value, wanted.value)
    if isinstance(given, Anonymous) and isinstance(wanted, Anonymous | Structure | Entity):
        have, want = dict(given.fields), fields_of(wanted)
        return want is not None and all(n in have and fits(have[n], t, fields_of) for n, t in want)
    return False


def _same(a: Type, b: Type) -> bool:
    """Equal up to Unknown parts, the interchangeable text types and the order of anonymous fields."""
    if isinstance(a, Unknown) or isinstance(b, Unknown) or a == b or (a in TEXTS and b in TEXTS):
        return True
    match a, b:
        case ListOf(), ListOf():
            return _same(a.item, b.item)
        case MapOf(), MapOf():
            return _same(a.key, b.key) and _same(a.value, b.value)
        case Structure(), Structure():
            return a.name == b.name and len(a.args) == len(b.args) and all(map(_same, a.args, b.args))
        case Anonymous(), Anonymous():
            left, right = dict(a.fields), dict(b.fields)
            return left.keys() == right.keys() and all(_same(t, right[n]) for n, t in left.items())
        case _:
            return False


def show(type_: Type) -> str:
    """The type as it is written in Natural TS."""
    match type_:
        case Primitive(name):
            return {"Null": "null", "Void": "void"}.get(name, name)
        case ListOf(item):
            return f"List<{show(item)}>"
        case MapOf(key, value):
            return f"Map<{show(key)}, {show(value)}>"
        case Structure(name, args):
            return name + (f"<{', '.join(map(show, args))}>" if args else "")
        case Entity(name) | EnumType(name):
            return name
        case Table(name):
            return f"{name}Entity"
        case Anonymous(fields):
            return "{ " + ", ".join(f"{n}: {show(t)}" for n, t in fields) + " }" if fields else "{}"
        case Union(members):
            return " | ".join(map(show, members))
        case FunctionType(params, result):
            return f"({', '.join(f'p{i}: {show(p)}' for i, p in enumerate(params, 1))}) => {show(result)}"
        case TypeVar(name, _):
            return name
        case Unknown():
            return "?"
        case _:
            assert_never(type_)

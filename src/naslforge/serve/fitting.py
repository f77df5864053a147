"""Does a JSON value fit a schema? The part of JSON Schema that `shapes` uses, with the place of the first fault."""

from collections.abc import Callable, Iterator
from typing import Any

from naslforge.serve.shapes import PREFIX, Schema

Fault = tuple[str, str]  # JSON pointer, what is wrong there
_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, int | float) and not isinstance(v, bool) and v == v // 1,
}


def fault(value: Any, schema: Schema, named: dict[str, Schema], pointer: str = "") -> Fault | None:
    """The first place where the value does not fit, or None. `named` are the schemas that references mean."""
    return next(_faults(value, schema, named, pointer), None)


def _faults(value: Any, schema: Schema, named: dict[str, Schema], at: str) -> Iterator[Fault]:
    if "$ref" in schema:
        yield from _faults(value, named[schema["$ref"].removeprefix(PREFIX)], named, at)
        return
    if "anyOf" in schema:
        tried = [fault(value, each, named, at) for each in schema["anyOf"]]
        if None not in tried:
            deepest = max((found for found in tried if found), key=lambda found: len(found[0]))
            yield deepest if len(deepest[0]) > len(at) else (at, "is " + " or ".join(map(_name, schema["anyOf"])))
        return
    kind = schema.get("type")
    if kind and not _TYPES[kind](value):
        yield at, f"is {_name(schema)}, not {_kind_of(value)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield at, f"is one of {', '.join(schema['enum'])}"
    yield from _size_faults(value, schema, at)
    if isinstance(value, dict):
        yield from _key_faults(value, schema, named, at)
    elif isinstance(value, list) and schema.get("items"):
        for index, item in enumerate(value):
            yield from _faults(item, schema["items"], named, f"{at}/{index}")


def _size_faults(value: Any, schema: Schema, at: str) -> Iterator[Fault]:
    if "minimum" in schema and value < schema["minimum"]:
        yield at, f"is at least {schema['minimum']}"
    if "maximum" in schema and value > schema["maximum"]:
        yield at, f"is at most {schema['maximum']}"
    if isinstance(value, list | str):
        least = schema.get("minItems") or schema.get("minLength") or 0
        if len(value) < least:
            yield at, "is not empty"
        if len(value) > schema.get("maxItems", len(value)):
            yield at, f"has at most {schema['maxItems']} items, not {len(value)}"


def _key_faults(value: dict[str, Any], schema: Schema, named: dict[str, Schema], at: str) -> Iterator[Fault]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            yield at, f"misses the key {name!r}"
    for name, item in value.items():
        place = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
        if name in known:
            yield from _faults(item, known[name], named, place)
        elif others is False:
            yield place, f"is no known key; there are {', '.join(known)}"
        elif isinstance(others, dict):
            yield from _faults(item, others, named, place)


def _name(schema: Schema) -> str:
    kind = schema.get("type", "")
    return ("an " if kind[:1] in "aeio" else "a ") + kind if kind and kind != "null" else kind or "another shape"


def _kind_of(value: Any) -> str:
    return next(kind for kind in ("null", "boolean", "integer", "number", "string", "array", "object")
                if _TYPES[kind](value))  # fmt: skip

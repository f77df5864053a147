"""The library and the components as lines of the manual: a function or a component a line, longer or shorter."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from naslforge.lang.catalogue import Builtin, Overload, Parameter
from naslforge.lang.components import Component, Property, components
from naslforge.lang.types import BOOLEAN, Anonymous, FunctionType, ListOf, Primitive, Type, show

_EXAMPLE_WIDTH = 90
# Of an event's record only what handlers ask for, in this order.
_TOLD = (
    "value", "values", "item", "items", "checked", "node", "expanded", "field", "order", "number", "page", "size",
    "index", "date", "time", "ok", "valid",
)  # fmt: skip
_SILENT_TYPES = ("String", "Text", "Any")


def row(function: Builtin, whole: bool, example: bool) -> str:
    """Signatures, words and perhaps an example; all overloads as written where it is `whole`."""
    signatures = function.signatures if whole else _short(function)
    line = f"- {' '.join(f'`{text}`' for text in signatures)} {function.doc_zh}"
    shown = _example(function.examples) if example else ""
    return f"{line} 例：{shown}" if shown else line


def brief(function: Builtin) -> str:
    """What the parameters are called and the result: `PadStart(str, targetLength, padString?): String`."""
    overload = max(function.overloads, key=lambda o: len(o.params))
    params = ", ".join(map(_parameter, overload.params))
    return f"{_named(function, overload)}({params}): {overload.text.rpartition('):')[2].strip()}"


def _short(function: Builtin) -> tuple[str, ...]:
    """One overload or two without what a reader guesses; more of them as a brief."""
    if len(function.overloads) > 2:
        return (brief(function),)
    return tuple(f"{_named(function, o)}({o.text.partition('(')[2]}" for o in function.overloads)


def _named(function: Builtin, overload: Overload) -> str:
    """The name with the type parameters that a call must write: `FromString<T>`."""
    taken = overload.text.partition("(")[2].rpartition("):")[0]
    written = [v.name for v in overload.type_params if not re.search(rf"\b{v.name}\b", taken)]
    return f"{function.name}<{', '.join(written)}>" if written else function.name


def _parameter(parameter: Parameter) -> str:
    choices = ": " + " | ".join(f"'{choice}'" for choice in parameter.choices) if parameter.choices else ""
    return f"{'...' if parameter.variadic else ''}{parameter.name}{'?' if parameter.optional else ''}{choices}"


def _example(examples: Iterable[tuple[str, object]]) -> str:
    """The first example that is short and does not fail."""
    for expression, result in examples:
        short = expression.replace("nasl.util.", "")
        if result != "error" and "(" in short and len(short) <= _EXAMPLE_WIDTH:
            return f"`{short}` 得 `{json.dumps(result, ensure_ascii=False)}`"
    return ""


# --- components


@cache
def main_entries() -> dict[str, tuple[str, ...]]:
    """What the manual tells of components, the most used first: names of properties, events, slots and methods."""
    text = (files(__package__) / "chapters" / "components.toml").read_text("utf-8")
    return {name: tuple(words.split()) for name, words in tomllib.loads(text)["main"].items()}


def component_rows(count: int) -> Iterator[str]:
    """The `count` most used components in a line each, the names of the others in one line."""
    named = list(main_entries())
    for name in named[:count]:
        component = components()[name]
        told = [_entry(component, word) for word in main_entries()[name]]
        yield f"- {name}" + (f"：{'，'.join(told)}" if told else "")
    rest = [name for name in components() if name not in named[:count]]
    yield "- 还有 " + "、".join(rest)


def _entry(component: Component, word: str) -> str:
    if word.endswith("()"):
        return word
    if word in component.properties:
        return _property(component.properties[word])
    if word in component.events:
        return f"{word}{_event(component.events[word])}"
    slot = word[4].lower() + word[5:]
    return f"{word}(current)" if component.slots[slot] else word


def _property(known: Property) -> str:
    arrow = "⇄" if known.sync else ""
    if known.choices:
        return f"{known.name}{arrow}: {'|'.join(filter(None, known.choices))}"
    if known.type is BOOLEAN:
        return f"{known.name}{arrow}?"
    return f"{known.name}{arrow}{_kind(known.type)}"


def _kind(type_: Type) -> str:
    match type_:
        case Primitive(name):
            return "" if name in _SILENT_TYPES else f": {name}"
        case FunctionType():
            return "(行)"
        case ListOf():
            return ": List"
        case _:
            return ""


def _event(record: Type) -> str:
    if isinstance(record, Anonymous):
        names = [name for name, _ in record.fields]
        told = [name for name in _TOLD if name in names]
        return f" {{{', '.join(told)}}}" if told else ""
    return f" {show(record)}" if isinstance(record, Primitive) and record.name not in _SILENT_TYPES else ""

"""Reads the components of pages as data (stdlib/components/*.toml) into Component records.

Entries of a row are written as in a declaration and parted by `;`: properties `value: V` (`sync` before two-way ones,
choices as `'a' | 'b'`, a default after `=`), states that can only be read, events with the type of their record, slots
(`cell(current)` where the slot is given data) and methods. T is the type of a row of the component's data, V the type
of what its `value` is bound to. A component of another library (`El…`, `Van…`) has no row.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from naslforge.lang.catalogue import Builtin, Overload, parse_signature
from naslforge.lang.types import Type

_APART = re.compile(r";(?=(?:[^']*'[^']*')*[^']*$)")
_FOREIGN_LIBRARY = re.compile(r"(El|Van|Ant|Ea)[A-Z]")
# Methods that every element has.
_EVERYWHERE = ("setPropValue(name: String, value: Any): void", "getPropValue(name: String): Any")


@dataclass(frozen=True, slots=True)
class Property:
    """One property; `choices` are the only texts it may hold, `sync` says that the component writes it back."""

    name: str
    type: Type
    choices: tuple[str, ...] = ()
    default: str | None = None
    sync: bool = False


class Component:
    """One component; what its row says is read when it is first asked for."""

    def __init__(self, name: str, entries: dict[str, list[str]]) -> None:
        self.name, self._entries = name, entries

    @cached_property
    def properties(self) -> dict[str, Property]:
        found = (_property(text) for text in self._entries["properties"])
        return {p.name: p for p in found}

    @cached_property
    def states(self) -> dict[str, Type]:
        """What can be read through `$refs` and `elements`: properties, and what only the component sets."""
        own = (_property(text) for text in self._entries["states"])
        return {**{p.name: p.type for p in self.properties.values()}, **{p.name: p.type for p in own}}

    @cached_property
    def events(self) -> dict[str, Type]:
        """The type of the record that handlers are given, by the name of the event (`onClick`)."""
        found = (_property(text) for text in self._entries["events"])
        return {p.name: p.type for p in found}

    @cached_property
    def slots(self) -> dict[str, bool]:
        """The slots by name (`default`, `cell`), and whether content is given data."""
        return {text.partition("(")[0]: "(" in text for text in self._entries["slots"]}

    @cached_property
    def methods(self) -> dict[str, Overload]:
        parted = (text.partition("(") for text in (*self._entries["methods"], *_EVERYWHERE))
        return {name: replace(parse_signature(f"<T, V>({rest}"), text=f"({rest}") for name, _, rest in parted}

    @property
    def has_rows(self) -> bool:
        """Does it show data of its own?"""
        return "dataSource" in self.properties


@cache
def components() -> dict[str, Component]:
    """Every known component by name."""
    common = {name: part for data in _files() for name, part in data.get("common", {}).items()}
    rows = [row for data in _files() for row in data.get("component", ())]
    return {row["name"]: Component(row["name"], _entries(row, common)) for row in rows}


def is_foreign(tag: str) -> bool:
    """Does the name belong to a library of components that has no table?

    >>> is_foreign("ElButton"), is_foreign("Elephant")
    (True, False)
    """
    return _FOREIGN_LIBRARY.match(tag) is not None


@cache
def validations() -> dict[str, Overload]:
    """The rules of `nasl.validation` by short name; the value of the field is their hidden first argument."""
    return {name: parse_signature(text) for data in _files() for name, text in data.get("validation", {}).items()}


@cache
def validation_rules() -> dict[str, Builtin]:
    """The same rules by full name, with their words."""
    words = {name: pair for data in _files() for name, pair in data.get("validation_words", {}).items()}
    rows = [
        Builtin("nasl.validation", name, (overload,), doc=words[name][0], doc_zh=words[name][1], nulls="", examples=(),
                group="validation", kind="rule")
        for name, overload in validations().items()
    ]  # fmt: skip
    return {row.full_name: row for row in rows}


@cache
def property_names() -> frozenset[str]:
    """Every name that is a property of some component."""
    return frozenset(name for component in components().values() for name in component.properties)


@cache
def plain_names() -> frozenset[str]:
    """Names of a library whose components have no prefix (`Button`), and no table."""
    return frozenset(name for data in _files() for text in data.get("libraries", {}).values() for name in text.split())


@cache
def _files() -> tuple[dict[str, Any], ...]:
    folder = files(__package__).joinpath("stdlib", "components")
    return tuple(tomllib.loads(f.read_text("utf-8")) for f in sorted(folder.iterdir(), key=lambda f: f.name))


def _entries(row: dict[str, Any], common: dict[str, Any]) -> dict[str, list[str]]:
    """The texts of a row; its own come last, so that they replace the common ones."""
    parts = [*(common[name] for name in row.get("common", ())), row]
    kinds = ("properties", "states", "events", "slots", "methods")
    return {kind: [text for part in parts for text in _split(part.get(kind, ""))] for kind in kinds}


def _split(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _APART.split(text) if part.strip()]


def _property(text: str) -> Property:
    sync = text.startswith("sync ")
    found = parse_signature(f"<T, V>({text.removeprefix('sync ')}): void").params[0]
    return Property(found.name, found.type, found.choices, found.default, sync)

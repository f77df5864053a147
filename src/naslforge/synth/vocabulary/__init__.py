"""Business vocabularies as data: one TOML file a domain gives entities, fields, statuses, words; here they are read.

A field line is `name label kind [limits]`; kinds are the keys of TYPES. Composed fields join a prefix and a noun
of the same domain, so that a domain that is held out brings names that no other domain has.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

TYPES = {
    "money": "Decimal", "measure": "Decimal", "ratio": "Decimal", "count": "Long", "person": "String",
    "city": "String", "word": "String", "code": "String", "date": "Date", "datetime": "DateTime", "flag": "Boolean",
    "enum": "", "key": "Long",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A named value of a row: `limits` are the low and high bound, the code prefix or the enum of its kind."""

    name: str
    label: str
    kind: str
    limits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The NASL type as code writes it."""
        return f"app.enums.{self.limits[0]}" if self.kind == "enum" else TYPES[self.kind]

    @property
    def english(self) -> str:
        """The name as lower-case words."""
        return words_of(self.name)


@dataclass(frozen=True, slots=True)
class Move:
    """An allowed step of a status: from one member to another by a named action."""

    source: str
    action: str
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Enum:
    """An enumeration: members are (name, label) pairs in order."""

    name: str
    label: str
    members: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The stored values, which are the member names."""
        return tuple(name for name, _ in self.members)

    def text(self, value: str) -> str:
        """The label of a member."""
        return dict(self.members)[value]


@dataclass(frozen=True, slots=True)
class Entity:
    """A business object; `parent` is the entity that its key field `link` refers to."""

    name: str
    label: str
    fields: tuple[Field, ...]
    parent: str | None = None
    link: Field | None = None

    @property
    def english(self) -> str:
        """The name as lower-case words."""
        return words_of(self.name)


@dataclass(frozen=True, slots=True)
class Domain:
    """One line of business with all its names and words."""

    name: str
    label: str
    entities: tuple[Entity, ...]
    enums: tuple[Enum, ...]
    words: dict[str, tuple[str, ...]] = field(hash=False)
    prefixes: tuple[tuple[str, str], ...] = ()
    nouns: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()

    def entity(self, name: str) -> Entity:
        """The entity of that name."""
        return next(e for e in self.entities if e.name == name)

    def enum(self, name: str) -> Enum:
        """The enum of that name."""
        return next(e for e in self.enums if e.name == name)

    def composed(self) -> list[Field]:
        """Every field that a prefix and a noun of this domain make."""
        return [
            Field(prefix + noun, label + text, kind, limits)
            for prefix, label in self.prefixes
            for noun, text, kind, limits in self.nouns
        ]


def words_of(name: str) -> str:
    """An identifier as words.

    >>> words_of("leaveStart")
    'leave start'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def read_domain(text: str) -> Domain:
    """A domain from the text of its TOML file."""
    data = tomllib.loads(text)
    words = {name: tuple(items) for name, items in data["words"].items()}
    compose = data["compose"]
    nouns = [(line.split()[0], line.split()[1], line.split()[2], tuple(line.split()[3:])) for line in compose["nouns"]]
    return Domain(
        data["name"],
        data["label"],
        tuple(_entity(entry, words) for entry in data["entities"]),
        tuple(_enum(entry) for entry in data["enums"]),
        words,
        tuple(_pair(line) for line in compose["prefixes"]),
        tuple(nouns),
    )


@cache
def domains() -> dict[str, Domain]:
    """All domains of the package by name, in name order."""
    folder = resources.files(__package__)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {d.name: d for d in (read_domain(f.read_text("utf-8")) for f in files)}


def _pair(line: str) -> tuple[str, str]:
    name, label = line.split()
    return name, label


def _field(line: str, words: dict[str, tuple[str, ...]]) -> Field:
    name, label, kind, *limits = line.split()
    return Field(name, label, kind, tuple(limits), words[name] if kind == "word" else ())


def _entity(entry: dict, words: dict[str, tuple[str, ...]]) -> Entity:
    parent, link = None, None
    if "parent" in entry:
        parent, name, label = entry["parent"].split()
        link = Field(name, label, "key")
    return Entity(entry["name"], entry["label"], tuple(_field(f, words) for f in entry["fields"]), parent, link)


def _enum(entry: dict) -> Enum:
    moves = tuple(Move(*line.split()) for line in entry["moves"])
    return Enum(entry["name"], entry["label"], tuple(_pair(line) for line in entry["members"]), moves)

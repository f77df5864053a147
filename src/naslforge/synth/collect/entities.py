"""Tables of open data as NASL entities: declarations for a task's context, and rows for its world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

NAMESPACE = "app.dataSources.defaultDS.entities"
AUTO_KEY = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """A property of an entity: its NASL name and type, and the name it had in the data."""

    name: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A table; `key` names the primary key among the columns, None stands for an automatic `id: Long`."""

    name: str
    label: str
    columns: tuple[Column, ...]
    key: str | None = None

    @property
    def source(self) -> str:
        """The table object that FROM reads."""
        return f"{NAMESPACE}.{self.name}Entity"

    def declaration(self) -> str:
        """The class with its decorators, indented for a namespace."""
        lines = [f"  @Entity({{ description: {quoted(self.label)} }})", f"  export class {self.name} {{"]
        if self.key is None:
            lines.append(f"    @Property({{ primaryKey: true, generationRule: 'auto' }}) {AUTO_KEY}: Long;")
        for column in self.columns:
            key = "primaryKey: true, " if column.name == self.key else ""
            lines.append(f"    @Property({{ {key}label: {quoted(column.label)} }}) {column.name}: {column.type};")
        return "\n".join([*lines, "  }"])

    def rows(self, cells: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
        """Rows for the world, numbered where the key is automatic."""
        names = [column.name for column in self.columns]
        rows = [dict(zip(names, row, strict=True)) for row in cells]
        return rows if self.key else [{AUTO_KEY: n, **row} for n, row in enumerate(rows, 1)]


def context_of(entities: Iterable[Entity]) -> str:
    """The namespace with all declarations."""
    body = "\n\n".join(entity.declaration() for entity in entities)
    return f"export namespace {NAMESPACE} {{\n{body}\n}}"


def quoted(text: str) -> str:
    """A NASL text literal.

    >>> quoted("player's name")
    "'player\\\\'s name'"
    """
    escaped = (
        text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return f"'{escaped}'"

"""A NASL query as its clauses, and the logic that a SQL statement became."""

import re
from dataclasses import dataclass, field

from naslforge.synth.collect.entities import NAMESPACE
from naslforge.synth.collect.sqlschema import Source


@dataclass(frozen=True, slots=True)
class Item:
    """One selected expression: its field name, type and text."""

    name: str
    type: str
    text: str


@dataclass(slots=True)
class Query:
    """The clauses of one NASL query."""

    source: Source
    joins: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    having: str = ""
    order: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    distinct: bool = False
    star: bool = False
    limit: str = ""

    def clauses(self) -> list[str]:
        """The clauses in the order the language wants."""
        out = list(self.joins)
        if self.where:
            out.append(f".WHERE({' && '.join(self.where)})")
        if self.group:
            out.append(f".GROUP_BY({', '.join(self.group)})")
        if self.having:
            out.append(f".HAVING({self.having})")
        if self.order:
            out.append(f".ORDER_BY({', '.join(self.order)})")
        out.append(f".{'SELECT_DISTINCT' if self.distinct else 'SELECT'}({self._selected()})")
        return out + ([f".LIMIT({self.limit})"] if self.limit else [])

    def _selected(self) -> str:
        if self.star:
            return self.source.row
        if len(self.items) == 1:
            return self.items[0].text
        return "{ " + ", ".join(f"{i.name}: {i.text}" for i in self.items) + " }"

    def inline(self) -> str:
        """The query on one line."""
        return f"FROM({self.source.table.entity().source}, {self.source.row} => ${''.join(self.clauses())})"

    def lines(self) -> str:
        """The query with a clause a line, for the body of a logic; a single clause stays on the first line."""
        if len(self.clauses()) == 1:
            return self.inline()
        body = "\n".join("      " + clause for clause in self.clauses())
        return f"FROM({self.source.table.entity().source}, {self.source.row} => $\n{body})"

    @property
    def item_type(self) -> str:
        """The type of one result row."""
        if self.star:
            return f"{NAMESPACE}.{self.source.table.nasl}"
        if len(self.items) == 1:
            return self.items[0].type
        return "{ " + ", ".join(f"{i.name}: {i.type}" for i in self.items) + " }"


@dataclass(slots=True)
class Compiled:
    """The body of a logic, its result type, and how a row of SQL becomes a value of it."""

    lets: list[str]
    statements: list[str]
    result: str
    fields: list[str]
    ordered: bool
    scalar: bool

    def reference(self, function: str) -> str:
        """The whole reference solution."""
        lines = ["export namespace app.logics {", f"  export function {function}(): {self.result} {{"]
        lines += [f"    {text}" for text in self.lets + self.statements]
        return "\n".join([*lines, "    return result;", "  }", "}", ""])


def is_aggregate(text: str) -> bool:
    """Whether an expression of a query holds an aggregate."""
    return bool(re.search(r"\b(COUNT|COUNT_DISTINCT|SUM|AVG|MAX|MIN)\(", text))

"""Schemas of text-to-SQL data as entities: Chinese names become identifiers, types follow from how SQL uses a column.

The data's declared types are rough ("number" for texts and the other way round), so a column compared with a text is
a String, one compared with a whole number or added up a Long, with a fraction a Decimal. Joined columns share a type.
A `Schema` also knows which literals a query holds, so that generated rows can meet them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from naslforge.synth.collect.entities import AUTO_KEY, Column, Entity
from naslforge.synth.collect.names import camel_case, distinct, pascal_case
from naslforge.synth.collect.shapes import Inexpressible

_MONEY = ("价", "金额", "收入", "成本", "利润", "比例", "率", "均", "密度", "评分", "身高", "体重", "price", "amount")
_NUMERIC = (exp.Sum, exp.Avg, exp.Add, exp.Sub, exp.Mul)


@dataclass(slots=True)
class SqlColumn:
    """A column as SQL names it, and what is known of its values."""

    table: str
    name: str
    declared: str
    nasl: str = ""
    type: str = ""
    literals: list[str | int | float] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return (self.table, self.name)


@dataclass(slots=True)
class SqlTable:
    """A table as SQL names it, with its columns and its entity's name."""

    name: str
    columns: list[SqlColumn]
    primary: str | None = None
    nasl: str = ""

    def column(self, name: str) -> SqlColumn | None:
        return next((c for c in self.columns if c.name.lower() == name.lower()), None)

    def entity(self) -> Entity:
        """The entity that stands for the table."""
        key = self.column(self.primary) if self.primary else None
        columns = tuple(Column(c.nasl, c.name, c.type) for c in self.columns)
        return Entity(self.nasl, self.name, columns, key.nasl if key else None)

    @property
    def key_field(self) -> str:
        """The NASL name of the primary key."""
        return self.entity().key or AUTO_KEY


@dataclass(slots=True)
class Schema:
    """The tables of one database and the groups of columns that hold the same keys."""

    tables: list[SqlTable]
    links: list[tuple[SqlColumn, SqlColumn]] = field(default_factory=list)

    def table(self, name: str) -> SqlTable:
        found = next((t for t in self.tables if t.name.lower() == name.lower()), None)
        if found is None:
            raise Inexpressible("table that is not in the schema")
        return found

    def name_everything(self) -> None:
        """Give every table and column its NASL name."""
        names = distinct(pascal_case(t.name, "Record") for t in self.tables)
        for table, name in zip(self.tables, names, strict=True):
            table.nasl = name
            taken = [] if table.primary else [AUTO_KEY]
            fields = distinct((camel_case(c.name) for c in table.columns), taken=taken)
            for column, text in zip(table.columns, fields, strict=True):
                column.nasl = text


@dataclass(frozen=True, slots=True)
class Source:
    """A table in FROM or JOIN: its alias in SQL and its row name in NASL."""

    alias: str
    table: SqlTable
    row: str


class Scope:
    """The sources that a SELECT can name, its own first and then those of the queries around it."""

    def __init__(self, schema: Schema, select: exp.Select, outer: "Scope | None" = None, taken: Iterable[str] = ()):
        self.outer = outer
        self.sources: list[Source] = []
        used = [*taken, *(s.row for s in self._outer_sources())]
        for table in _tables(select):
            found = schema.table(table.name)
            row = distinct([found.nasl], taken=used)[0]
            used.append(row)
            self.sources.append(Source(table.alias or table.name, found, row))

    def _outer_sources(self) -> list[Source]:
        return [*self.outer.sources, *self.outer._outer_sources()] if self.outer else []

    def find(self, column: exp.Column) -> tuple[Source, SqlColumn] | None:
        """The source and column that a name means; None for a quoted text that SQLite takes for a name."""
        for source in self.sources:
            if not column.table or column.table.lower() in (source.alias.lower(), source.table.name.lower()):
                found = source.table.column(column.name)
                if found:
                    return source, found
        if self.outer:
            return self.outer.find(column)
        if column.this.quoted and not column.table:
            return None
        raise Inexpressible("column that is not in the schema")


def _tables(select: exp.Select) -> list[exp.Table]:
    start = select.args.get("from_") or select.args.get("from")
    if start is None:
        raise Inexpressible("select without a table")
    sources = [start.this, *(join.this for join in select.args.get("joins") or [])]
    if not all(isinstance(s, exp.Table) for s in sources):
        raise Inexpressible("select from a sub-query")
    return sources


def learn_types(schema: Schema, statements: Sequence[exp.Expr]) -> None:
    """Set the type of every column from the declarations, the links and all statements about this database."""
    evidence: dict[tuple[str, str], set[str]] = {}
    pairs = list(schema.links)
    for statement in statements:
        for select in statement.find_all(exp.Select):
            try:
                _observe(schema, select, evidence, pairs)
            except Inexpressible:
                continue
    groups = link_groups(pairs)
    for table in schema.tables:
        for column in table.columns:
            members = groups.get(column.key, [column])
            seen = set().union(*(evidence.get(m.key, set()) for m in members))
            column.type = _type(members, seen)


def _observe(
    schema: Schema, select: exp.Select, evidence: dict[tuple[str, str], set[str]],
    pairs: list[tuple[SqlColumn, SqlColumn]],
) -> None:  # fmt: skip
    scope = scope_of(schema, select)
    for node in own_nodes(select):
        if isinstance(node, exp.EQ | exp.NEQ | exp.GT | exp.GTE | exp.LT | exp.LTE | exp.Between | exp.In | exp.Like):
            sides = _flat_args(node)
            columns = [f[1] for a in sides if isinstance(a, exp.Column) and (f := scope.find(a))]
            kinds = {k for a in sides if (k := _literal_kind(a, scope))}
            for column in columns:
                evidence.setdefault(column.key, set()).update(kinds)
            if len(columns) == 2:
                pairs.append((columns[0], columns[1]))
        elif isinstance(node, _NUMERIC):
            for name in node.find_all(exp.Column):
                if found := scope.find(name):
                    evidence.setdefault(found[1].key, set()).add("number")


def _flat_args(node: exp.Expr) -> list[exp.Expr]:
    args: list[exp.Expr] = []
    for value in node.args.values():
        args += value if isinstance(value, list) else [value] if isinstance(value, exp.Expr) else []
    return args


def _literal_kind(node: exp.Expr, scope: Scope) -> str | None:
    if isinstance(node, exp.Column) and scope.find(node) is None:
        return "text"
    if isinstance(node, exp.Literal):
        return "text" if node.is_string else "fraction" if "." in node.this else "whole"
    return None


def _type(members: list[SqlColumn], seen: set[str]) -> str:
    declared = {m.declared for m in members}
    if "text" in seen:
        return "String"
    if "fraction" in seen:
        return "Decimal"
    if seen & {"whole", "number"}:
        money = len(members) == 1 and any(word in members[0].name.lower() for word in _MONEY)
        return "Decimal" if money and "whole" not in seen else "Long"
    if declared == {"number"} and len(members) == 1:
        return "Decimal" if any(word in members[0].name.lower() for word in _MONEY) else "Long"
    return "Long" if "number" in declared and len(members) > 1 else "String"


def link_groups(pairs: Iterable[tuple[SqlColumn, SqlColumn]]) -> dict[tuple[str, str], list[SqlColumn]]:
    """The columns that are compared with each other, by each member's key."""
    groups: dict[tuple[str, str], list[SqlColumn]] = {}
    for a, b in pairs:
        left, right = groups.get(a.key, [a]), groups.get(b.key, [b])
        if left is right:
            continue
        merged = list({c.key: c for c in left + right}.values())
        for column in merged:
            groups[column.key] = merged
    return groups


def scope_of(schema: Schema, select: exp.Select) -> Scope:
    """The scope of a SELECT inside a whole statement, with the scopes of the queries round it."""
    parent = select.parent_select
    outer = scope_of(schema, parent) if isinstance(parent, exp.Select) else None
    return Scope(schema, select, outer)


def own_nodes(select: exp.Select) -> Iterable[exp.Expr]:
    """All nodes of a SELECT that are not inside one of its sub-queries."""

    def walk(node: exp.Expr) -> Iterable[exp.Expr]:
        for child in node.iter_expressions():
            if isinstance(child, exp.Select | exp.SetOperation):
                continue
            yield child
            yield from walk(child)

    return walk(select)

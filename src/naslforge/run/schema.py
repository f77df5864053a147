"""Entities of a checked program as tables: columns, keys, defaults, unique indexes, relations (REFERENCE 6.1-6.4)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import EnumItem, is_entity
from naslforge.run.columns import Codec, codec_of
from naslforge.run.dialects import SQLITE, ColumnPlan, Dialect, is_number
from naslforge.run.values import Struct, Time

SYSTEM_TIMES = ("createdTime", "updatedTime")
SYSTEM_USERS = ("createdBy", "updatedBy")
PRESENT = {"CurrDate": "date", "CurrTime": "time", "CurrDateTime": "instant"}


@dataclass(frozen=True, slots=True)
class Present:
    """A default that is known only when a row is made: the present date, time or instant."""

    what: str


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: t.Type
    codec: Codec
    sql: str  # its name in the database
    required: bool = False
    key: bool = False
    auto: bool = False  # filled by the system
    default: Any = None  # a NASL value, or Present
    longest: int | None = None  # characters, from databaseType

    @property
    def system(self) -> bool:
        """Kept by the platform: creation and update marks."""
        return self.auto and self.name in SYSTEM_TIMES + SYSTEM_USERS


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of `table` refer by `column` to property `target` of another entity."""

    table: str
    column: str
    target: str
    rule: str  # protect | cascade | ''


@dataclass(frozen=True, slots=True, eq=False)
class EntityTable:
    """One entity: its columns, and what SQLAlchemy builds statements on."""

    name: str  # full name
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...]
    table: sa.TableClause
    by_name: dict[str, Column]
    key: tuple[Column, ...]
    referrers: list[Relation]

    @property
    def short(self) -> str:
        return self.name.rsplit(".", 1)[-1]

    @property
    def counted(self) -> Column | None:
        """The key that the system numbers, where there is one."""
        return next((c for c in self.key if c.auto), None) if len(self.key) == 1 else None

    def struct(self, stored: tuple[Any, ...]) -> Struct:
        """One row as an entity value."""
        fields = {c.name: None if v is None else c.codec.decode(v) for c, v in zip(self.columns, stored, strict=True)}
        return Struct(t.Entity(self.name), fields)


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    tables: dict[str, EntityTable]  # by full name
    ddl: tuple[str, ...]
    dialect: Dialect = SQLITE

    def find(self, name: str) -> EntityTable | None:
        """By full name, or by short name where only one entity has it."""
        if name in self.tables:
            return self.tables[name]
        found = [table for table in self.tables.values() if table.short == name]
        return found[0] if len(found) == 1 else None


def read_schema(checked: Checked, dialect: Dialect = SQLITE, prefix: str = "t") -> Schema:
    """The tables of every entity that the program declares; `prefix` begins their names in the database."""
    tables: dict[str, EntityTable] = {}
    relations: list[tuple[str, str, dict[str, Any]]] = []
    for declared in checked.symbols.by_name.values():
        if is_entity(declared) and isinstance(declared.node, n.Class):
            name = f"{prefix}{len(tables)}_{_ascii(declared.name.rsplit('.', 1)[-1])}"[:60]
            tables[declared.name] = _table(declared.name, declared.node, checked, name, dialect, relations)
    schema = Schema(tables, tuple(line for table in tables.values() for line in _ddl(table, dialect)), dialect)
    for owner, column, relation in relations:
        _relate(schema, owner, column, relation)
    return schema


def _relate(schema: Schema, owner: str, column: str, relation: dict[str, Any]) -> None:
    """Note at the table that is referred to who refers to it; an unknown entity was reported by the checker."""
    name = str(relation.get("entity", ""))
    target = schema.tables.get(f"{owner.rsplit('.', 1)[0]}.{name}") or schema.find(name)
    wanted = relation.get("property") or (target.key[0].name if target and target.key else None)
    if target is not None and wanted in target.by_name:
        target.referrers.append(Relation(owner, column, str(wanted), str(relation.get("deleteRule") or "")))


def _table(
    name: str, node: n.Class, checked: Checked, sql_name: str, dialect: Dialect,
    relations: list[tuple[str, str, dict[str, Any]]],
) -> EntityTable:  # fmt: skip
    types = dict(checked.fields.get(name, ()))
    columns = []
    for index, member in enumerate(m for m in node.members if isinstance(m, n.Property)):
        facts = facts_of(member.decorators, "Property")
        if isinstance(facts.get("relation"), dict):
            relations.append((name, member.name.name, facts["relation"]))
        columns.append(_column(index, member, facts, types.get(member.name.name, t.STRING), checked))
    key = tuple(c for c in columns if c.key)
    by_name = {c.name: c for c in columns}
    unique = tuple(_unique(node, by_name))
    table = sa.table(sql_name, *(sa.column(c.sql) for c in columns), sa.column(dialect.rowid))
    return EntityTable(name, tuple(columns), unique, table, by_name, key, [])


def _column(index: int, node: n.Property, facts: dict[str, Any], type_: t.Type, checked: Checked) -> Column:
    rule = facts.get("generationRule")
    return Column(
        name=node.name.name,
        type=type_,
        codec=codec_of(type_),
        sql=f"c{index}_{_ascii(node.name.name)}"[:60],
        required=facts.get("required") is True,
        key=facts.get("primaryKey") is True,
        auto=rule in ("auto", "autoIncrement"),
        default=None if node.default is None else _default(node.default, type_, checked),
        longest=_longest(facts.get("databaseType")),
    )


def _ascii(name: str) -> str:
    """A readable rest for names in SQL; what makes them distinct is the number before it."""
    return re.sub(r"[^A-Za-z0-9]", "", name).lower()


def _longest(database_type: Any) -> int | None:
    found = (
        re.search(r"char\s*\(\s*(\d+)\s*\)", database_type, re.IGNORECASE) if isinstance(database_type, str) else None
    )
    return int(found[1]) if found else None


def _unique(node: n.Class, by_name: dict[str, Column]) -> list[tuple[str, ...]]:
    found = []
    for decorator in node.decorators:
        facts = _literal(decorator.argument) if decorator.name.name == "Index" and decorator.argument else {}
        names = tuple(name for name in facts.get("properties") or () if name in by_name)
        if facts.get("unique") is True and names:
            found.append(names)
    return found


def facts_of(decorators: tuple[n.Decorator, ...], name: str) -> dict[str, Any]:
    """What the decorators of that name say, as plain values."""
    facts: dict[str, Any] = {}
    for decorator in decorators:
        if decorator.name.name == name and decorator.argument is not None:
            facts |= _literal(decorator.argument)
    return facts


def _literal(expr: n.Expr) -> Any:
    """The value of a literal in a decorator; anything else is None."""
    match expr:
        case n.Bool(value=value) | n.Text(value=value):
            return value
        case n.Number(text=text):
            return int(text) if expr.is_long else Decimal(text)
        case n.ListLiteral(items=items):
            return [_literal(item) for item in items]
        case n.ObjectLiteral(entries=entries):
            return {e.key.name: _literal(e.value) for e in entries if isinstance(e.key, n.Ident)}
        case _:
            return None


def _default(expr: n.Expr, type_: t.Type, checked: Checked) -> Any:
    """A declared default as a NASL value: literal, enum member, or the present (CurrDate …)."""
    item = checked.refs.get(expr)
    if isinstance(item, EnumItem):
        return item.value
    if isinstance(expr, n.Call) and isinstance(expr.callee, n.Member) and expr.callee.name.name in PRESENT:
        return Present(PRESENT[expr.callee.name.name])
    value = _literal(expr)
    if value is None:
        return None
    if type_ == t.DECIMAL:
        return Decimal(str(value))
    if isinstance(value, str) and isinstance(type_, t.Primitive):
        return _dated(value, type_)
    return value


def _dated(text: str, type_: t.Primitive) -> Any:
    readers = {"Date": date.fromisoformat, "DateTime": datetime.fromisoformat, "Time": Time.parse}
    try:
        return readers[type_.name](text) if type_.name in readers else text
    except ValueError:
        return None


def _ddl(table: EntityTable, dialect: Dialect) -> list[str]:
    plans = {c.name: ColumnPlan(c.sql, is_number(c.type), c.key) for c in table.columns}
    unique = [[plans[name] for name in names] for names in table.unique]
    return dialect.create(table.table.name, list(plans.values()), unique)

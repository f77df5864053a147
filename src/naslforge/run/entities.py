"""The logics of a table object: get, create, update, delete and their kin (REFERENCE 6.3, 6.4).

Values are copied in and out. A call that writes several rows is one unit.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang.scope import EntityCall
from naslforge.run.connection import SqlFunction
from naslforge.run.database import Database, insert_sql, select_sql
from naslforge.run.dialects import is_number
from naslforge.run.queries import select_in
from naslforge.run.schema import Column, EntityTable, Schema
from naslforge.run.sqlcost import Product, products
from naslforge.run.sqlexprs import Bind, SqlWriter, parameters
from naslforge.run.sqlvalues import ProgramValues
from naslforge.run.values import NaslError, Struct, illegal


def compile_entity_call(checked: Checked, call: n.Call) -> "CompiledEntityCall":
    """A call `XEntity.method(…)` ready to run; the program evaluates its `program_values` and hands them over."""
    return CompiledEntityCall(checked, call)


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter as SQL for one schema."""

    sql: str
    binds: tuple[Bind, ...]
    functions: tuple[SqlFunction, ...]
    reads: tuple[Product, ...]


class CompiledEntityCall:
    """One call of an entity logic: plain arguments, then the program values of its filter."""

    def __init__(self, checked: Checked, call: n.Call):
        callee = checked.calls[call]
        assert isinstance(callee, EntityCall)
        self.entity, self.method = callee.entity, callee.method
        self.checked = checked
        self.plain: list[n.Expr] = []
        self.names: tuple[str, ...] | None = None  # of the properties lambda
        self.filter: n.Lambda | None = None
        for arg in call.args:
            self._sort(arg)
        values = ProgramValues(checked)
        if self.filter is not None:
            values.add(self.filter.body)
        self._values = values
        self.program_values: tuple[n.Expr, ...] = (*self.plain, *values.found)
        self._conditions: dict[int, Condition] = {}

    def _sort(self, arg: n.Expr) -> None:
        """body and keys, filter or properties: a filter gives a Boolean, properties a list."""
        if not isinstance(arg, n.Lambda):
            self.plain.append(arg)
        elif isinstance(arg.body, n.ListLiteral):
            self.names = tuple(item.name.name for item in arg.body.items if isinstance(item, n.Member))
        else:
            self.filter = arg

    def run(self, database: Database, values: Sequence[Any]) -> Any:
        """Do it. Raises NaslError as the reference says."""
        table = database.schema.tables[self.entity]
        plain = list(values[: len(self.plain)])
        if self.filter is not None:
            return self._filtered(database, table, plain, values[len(self.plain) :])
        return _METHODS[self.method](database, table, plain, self.names)

    def _filtered(self, database: Database, table: EntityTable, plain: list[Any], bound: Sequence[Any]) -> int:
        condition = self._condition(database.schema)
        database.register(condition.functions)
        found = database.fetch(condition.sql, parameters(condition.binds, bound), condition.reads)
        rows = [row for (row,) in found]
        if self.method == "deleteBy":
            return delete_rows(database, table, rows)
        return update_rows(database, table, rows, plain[0], self.names)

    def _condition(self, schema: Schema) -> Condition:
        found = self._conditions.get(id(schema))
        if found is None:
            assert self.filter is not None
            writer = SqlWriter(self._values, schema, subquery=select_in)
            source = writer.open(self.filter.params[0].name, self.entity)
            where: Any = writer.condition(self.filter.body, skip=False)
            rowid = source.rowid
            select = sa.select(rowid).select_from(source.alias).where(where).order_by(rowid)
            sql = schema.dialect.write(select)
            reads = ((self.entity,), *products(self.checked, self.filter.body, (self.entity,)))
            found = Condition(sql, tuple(writer.binds), tuple(writer.functions.values()), reads)
            self._conditions[id(schema)] = found
        return found


# --- one row


def get(db: Database, table: EntityTable, key: list[Any], _: Any = None) -> Struct:
    """The row of a key, given property by property."""
    return table.struct(_row(db, table, key))


def create(db: Database, table: EntityTable, plain: list[Any], _: Any = None) -> Struct:
    """A new row from a body; gives it as it was stored."""
    stored = _new_row(db, table, _body(plain[0], table))
    db.count_rows(table, 1)
    db.execute(insert_sql(table), stored)
    return table.struct(tuple(stored))


def update(db: Database, table: EntityTable, plain: list[Any], names: tuple[str, ...] | None) -> Struct:
    """Write the properties of the row that has the body's key: all that may change, or those named."""
    body = _body(plain[0], table)
    key = [body.fields.get(c.name) for c in table.key]
    _row(db, table, key)
    columns = [c for c in table.columns if _writable(c) and (names is None or c.name in names)]
    for column in columns:
        _require(table, column, body.fields.get(column.name))
    _write(db, table, _key_test(table), _key_values(table, key), columns, body)
    return get(db, table, key)


def create_or_update(db: Database, table: EntityTable, plain: list[Any], names: tuple[str, ...] | None) -> Struct:
    """update where a row has the body's key, else create."""
    body = _body(plain[0], table)
    key = [body.fields.get(c.name) for c in table.key]
    known = None not in key and _find(db, table, key) is not None
    return update(db, table, plain, names) if known else create(db, table, plain)


def delete(db: Database, table: EntityTable, key: list[Any], _: Any = None) -> int:
    """Delete the row of a key; gives the number of rows, which is 1."""
    _row(db, table, key)
    rowid = db.dialect.rowid
    found = db.fetch(f"SELECT {rowid} FROM {table.table.name} WHERE {_key_test(table)}", _key_values(table, key))
    return delete_rows(db, table, [found[0][0]])


# --- several rows


def batch_create(db: Database, table: EntityTable, plain: list[Any], _: Any = None) -> list[Struct]:
    with db.unit():
        return [create(db, table, [body]) for body in _several(plain[0])]


def batch_update(db: Database, table: EntityTable, plain: list[Any], names: tuple[str, ...] | None) -> list[Struct]:
    with db.unit():
        return [update(db, table, [body], names) for body in _several(plain[0])]


def batch_delete(db: Database, table: EntityTable, plain: list[Any], _: Any = None) -> int:
    """Delete the rows of all keys in the list; a key without row counts for nothing."""
    column, keys = table.key[0], [key for key in _several(plain[0]) if key is not None]
    stored = json.dumps([column.codec.encode(key) for key in keys])
    where = f"{column.sql} IN ({db.dialect.items(is_number(column.type))})"
    rows = db.fetch(f"SELECT {db.dialect.rowid} FROM {table.table.name} WHERE {where}", (stored,), [(table.name,)])
    return delete_rows(db, table, [row for (row,) in rows])


def update_rows(db: Database, table: EntityTable, rows: list[int], given: Any, names: tuple[str, ...] | None) -> int:
    """updateBy: write the named properties, else the body's non-null ones, to the rows; gives their number."""
    body = _body(given, table)
    columns = [
        c
        for c in table.columns
        if _writable(c) and (body.fields.get(c.name) is not None if names is None else c.name in names)
    ]
    for column in columns:
        _require(table, column, body.fields.get(column.name))
    with db.unit():
        _write(db, table, _among(db), [json.dumps(rows)], columns, body)
    return len(rows)


def delete_rows(db: Database, table: EntityTable, rows: list[int]) -> int:
    """Delete rows by rowid with what refers to them; `protect` refuses, then nothing is deleted."""
    doomed: dict[str, set[int]] = {}
    _doom(db, table, rows, doomed)
    with db.unit():
        for name, found in doomed.items():
            target = db.schema.tables[name]
            gone = db.execute(f"DELETE FROM {target.table.name} WHERE {_among(db)}", (_json(found),))
            db.count_rows(target, -gone)
    return len(rows)


def _doom(db: Database, table: EntityTable, rows: list[int], doomed: dict[str, set[int]]) -> None:
    """Collect the rows and, through `cascade`, all that refer to them."""
    fresh = set(rows) - doomed.setdefault(table.name, set())
    if not fresh:
        return
    doomed[table.name] |= fresh
    for relation in table.referrers:
        if relation.rule not in ("protect", "cascade"):
            continue
        owner = db.schema.tables[relation.table]
        column, target = owner.by_name[relation.column], table.by_name[relation.target]
        found = db.fetch(
            f"SELECT {db.dialect.rowid} FROM {owner.table.name} WHERE {column.sql} IN "
            f"(SELECT {target.sql} FROM {table.table.name} WHERE {_among(db)})",
            (_json(fresh),),
            [(owner.name,)],
        )
        if found and relation.rule == "protect":
            raise NaslError(
                "DatabaseConstraintViolationError",
                f"rows of {owner.short} refer to {table.short} by {column.name}: protected",
                f"{owner.short} 还有行通过 {column.name} 引用 {table.short}，受保护，不能删除",
            )
        _doom(db, owner, [row for (row,) in found], doomed)


# --- parts


def _among(db: Database) -> str:
    """The row is one of those in a parameter."""
    return f"{db.dialect.rowid} IN ({db.dialect.items(number=True)})"


def _json(rows: set[int]) -> str:
    return json.dumps(sorted(rows))


def _body(value: Any, table: EntityTable) -> Struct:
    if value is None:
        raise illegal(
            f"{table.short}Entity was given null instead of an entity", f"传给 {table.short}Entity 的实体是 null"
        )
    return value


def _several(values: Any) -> list[Any]:
    if not values:
        raise illegal("a batch needs at least one item", "批量操作的列表不能为空")
    return values


def _require(table: EntityTable, column: Column, value: Any) -> None:
    if column.required and value is None:
        raise illegal(f"{table.short}.{column.name} is required", f"{table.short}.{column.name} 必填")
    if column.longest is not None and isinstance(value, str) and len(value) > column.longest:
        said, said_zh = f"{table.short}.{column.name} is too long", f"{table.short}.{column.name} 超过了最大长度"
        raise NaslError("DatabaseConstraintViolationError", said, said_zh)


def _writable(column: Column) -> bool:
    return not column.key and not column.auto


def _new_row(db: Database, table: EntityTable, body: Struct) -> list[Any]:
    stored = []
    for column in table.columns:
        value = body.fields.get(column.name)
        if column.system or (value is None and not column.key):
            value = db.filled(column)
        if not column.auto:
            _require(table, column, value)
        stored.append(None if value is None else column.codec.encode(value))
    if any(stored[table.columns.index(c)] is None and not c.auto for c in table.key):
        raise illegal(f"{table.short} needs a value for its key", f"{table.short} 的主键没有值")
    db.number(table, stored)
    return stored


def _key_test(table: EntityTable) -> str:
    return " AND ".join(f"{c.sql} = ?" for c in table.key)


def _key_values(table: EntityTable, key: Sequence[Any]) -> list[Any]:
    return [column.codec.encode(value) for column, value in zip(table.key, key, strict=True)]


def _find(db: Database, table: EntityTable, key: Sequence[Any]) -> tuple[Any, ...] | None:
    rows = db.fetch(f"{select_sql(table)} WHERE {_key_test(table)}", _key_values(table, key))
    return rows[0] if rows else None


def _row(db: Database, table: EntityTable, key: Sequence[Any]) -> tuple[Any, ...]:
    if not table.key or None in key or len(key) != len(table.key):
        raise illegal(f"{table.short}Entity was given no key", f"传给 {table.short}Entity 的主键是 null")
    row = _find(db, table, key)
    if row is None:
        said, said_zh = (
            f"{table.short} has no row with the key {_shown(key)}",
            f"{table.short} 没有主键为 {_shown(key)} 的行",
        )
        raise NaslError("SystemResourceNotFoundError", said, said_zh)
    return row


def _shown(key: Sequence[Any]) -> str:
    return ", ".join(str(part) for part in key)


def _write(db: Database, table: EntityTable, where: str, bound: list[Any], columns: list[Column], body: Struct) -> None:
    """UPDATE of the columns from the body, and of the marks of the last change."""
    marks = [c for c in table.columns if c.system and c.name in ("updatedTime", "updatedBy")]
    values = [(c, body.fields.get(c.name)) for c in columns] + [(c, db.filled(c)) for c in marks]
    if not values:
        return
    sets = ", ".join(f"{column.sql} = ?" for column, _ in values)
    stored = [None if value is None else column.codec.encode(value) for column, value in values]
    db.execute(f"UPDATE {table.table.name} SET {sets} WHERE {where}", [*stored, *bound])


_METHODS: dict[str, Callable[..., Any]] = {
    "get": get,
    "create": create,
    "createOrUpdate": create_or_update,
    "update": update,
    "delete": delete,
    "batchCreate": batch_create,
    "batchUpdate": batch_update,
    "batchDelete": batch_delete,
}

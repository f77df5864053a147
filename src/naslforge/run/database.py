"""The database of a test: tables made once for a schema, rows once for a task, and each test in one transaction that
is never committed.

Steps are the same on every engine: a statement costs its share, each row that it gives, and the rows of the tables
that it reads. How hard an engine works beneath is metered apart (connection.py), so that a long query ends too.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from naslforge.lang import types as t
from naslforge.run.connection import Connection, SqlFunction, SqliteConnection
from naslforge.run.limits import LimitReached
from naslforge.run.schema import Column, EntityTable, Present, Schema
from naslforge.run.sqlcost import Product, cost, pairs
from naslforge.run.values import NaslError, Shapes, Struct, Time
from naslforge.run.wire import Reader, WireError
from naslforge.run.world import Runtime, WorldError

STATEMENT_STEPS = 150
LARGE = 10_000  # rows to look at, from which on the result is read in parts


class Database:
    """The tables of one schema behind a connection; without one, SQLite in memory."""

    def __init__(self, schema: Schema, connection: Connection | None = None):
        self.schema = schema
        self.dialect = schema.dialect
        self.runtime = Runtime()
        self.next_key: dict[str, int] = {}
        self.sizes: dict[str, int] = {}  # rows by table
        self._depth = 0
        self._loaded: str | None = None  # the given rows that the tables hold, as text
        self._given: dict[str, Any] | None = None  # the same, as the object they came in
        self._around: tuple[str | None, ...] = ()
        self._base: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self._owned = connection is None
        self._connection = connection or SqliteConnection(schema.ddl)
        if connection is not None:
            for statement in schema.ddl:
                connection.command(statement)

    # --- the life of a test

    def begin(self, runtime: Runtime, shapes: Shapes, given: dict[str, Any], own: dict[str, Any] | None) -> None:
        """Start a test: `given` are the task's rows, `own` replace them by entity. Raises WorldError for bad rows."""
        self.runtime = runtime
        self._connection.ready(runtime)
        reader = Reader(shapes, runtime.zone)
        around = (str(runtime.now), runtime.zone.key, runtime.user_name)
        if self._given is not given or self._around != around:
            mark = json.dumps([given, around], sort_keys=True, default=str)
            if mark != self._loaded:
                self._reload(given, reader, mark)
            self._given, self._around = given, around
        self.next_key, self.sizes = dict(self._base[0]), dict(self._base[1])
        self._connection.command("BEGIN")
        for entity, rows in (own or {}).items():
            self._replace(entity, rows, reader)
        self.runtime.steps = 0

    def end(self) -> None:
        """Undo everything the test did."""
        if self._connection.in_transaction:
            self._connection.command("ROLLBACK")
        self._depth = 0

    def close(self) -> None:
        """Give the tables up."""
        if self._owned:
            self._connection.close()
            return
        if self._connection.lost:
            return
        for table in self.schema.tables.values():
            self._connection.command(f"DROP TABLE IF EXISTS {table.table.name}")

    def _reload(self, given: dict[str, Any], reader: Reader, mark: str) -> None:
        self._loaded = self._given = None
        self.next_key, self.sizes = {}, {}
        self._connection.command("BEGIN")
        try:
            for table in self.schema.tables.values():
                self._connection.command(f"DELETE FROM {table.table.name}")
            for entity, rows in given.items():
                self._replace(entity, rows, reader)
        except BaseException:
            self._connection.command("ROLLBACK")
            raise
        self._connection.command("COMMIT")
        self._base = (dict(self.next_key), dict(self.sizes))
        self._loaded = mark

    def _replace(self, entity: str, rows: Any, reader: Reader) -> None:
        table = self.schema.find(entity)
        if table is None:
            raise WorldError(f"world.db names no entity, or more than one: {entity!r}")
        if not isinstance(rows, list):
            raise WorldError(f"world.db.{entity} is a list of rows")
        if self.sizes.pop(table.name, 0):
            self._connection.command(f"DELETE FROM {table.table.name}")
        self.next_key.pop(table.name, None)
        stored = [self._fixture(table, row, reader, f"world.db.{entity}[{i}]") for i, row in enumerate(rows)]
        self.count_rows(table, len(stored))
        if not stored:
            return
        try:
            self._connection.fill(self.dialect.marked(insert_sql(table)), stored)
        except self._connection.errors as error:
            raise WorldError(f"world.db.{entity}: {self._connection.refused(error)}") from error

    def _fixture(self, table: EntityTable, row: Any, reader: Reader, path: str) -> list[Any]:
        """A given row as stored values: what it leaves out is filled as the platform does."""
        if not isinstance(row, dict):
            raise WorldError(f"{path} is an object")
        if unknown := [name for name in row if name not in table.by_name]:
            raise WorldError(f"{path}: entity {table.short} has no property {unknown[0]!r}")
        stored = []
        for column in table.columns:
            try:
                value = reader.read(row[column.name], column.type) if column.name in row else self.filled(column)
                stored.append(None if value is None else column.codec.encode(value))
            except (WireError, NaslError) as error:
                raise WorldError(f"{path}.{column.name}: {error.message}") from error
        self.number(table, stored)
        return stored

    # --- what a new row gets by itself

    def filled(self, column: Column) -> Any:
        """The value of a property that was not given: system field, declared default, or null."""
        if column.system:
            return self.runtime.now if column.name.endswith("Time") else self.runtime.user_name
        if isinstance(column.default, Present):
            return self._present(column.default.what)
        return column.default

    def _present(self, what: str) -> Any:
        local = self.runtime.now.astimezone(self.runtime.zone)
        return {"date": local.date(), "time": Time(local.time().replace(microsecond=0)), "instant": self.runtime.now}[
            what
        ]

    def number(self, table: EntityTable, stored: list[Any]) -> None:
        """Give a row without key the next number, or remember that a given key was used."""
        column = table.counted
        if column is None:
            return
        at = table.columns.index(column)
        following = self.next_key.get(table.name, 1)
        if stored[at] is None:
            stored[at] = following if column.type == t.LONG else str(following)
            self.next_key[table.name] = following + 1
        elif isinstance(stored[at], int):
            self.next_key[table.name] = max(following, stored[at] + 1)

    def count_rows(self, table: EntityTable, more: int) -> None:
        """Raises LimitReached when the database would hold too many rows."""
        self.sizes[table.name] = self.sizes.get(table.name, 0) + more
        if sum(self.sizes.values()) > self.runtime.limits.rows:
            raise LimitReached("memory_limit", f"more than {self.runtime.limits.rows} rows in the database")

    # --- running SQL

    def register(self, functions: Iterable[SqlFunction]) -> None:
        """Make the functions known that a statement calls."""
        self._connection.register(functions)

    def fetch(self, sql: str, params: Any = (), reads: Iterable[Product] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement; `reads` tell what it looks at (sqlcost.py)."""
        found: list[tuple[Any, ...]] = []
        large = any(pairs(product, self.sizes) > LARGE for product in reads)
        with self._faults(cost(reads, self.sizes)):
            for part in self._connection.fetch(self.dialect.marked(sql), params, large):
                self.runtime.spend(len(part))
                found += part
                self.runtime.check_length(len(found))
        return found

    def execute(self, sql: str, params: Any = ()) -> int:
        """Run a statement that changes rows; gives their number."""
        with self._faults(0):
            return self._connection.change(self.dialect.marked(sql), params)

    @contextmanager
    def unit(self) -> Iterator[None]:
        """All or nothing: an error inside undoes what was done since the beginning."""
        name, before = f"u{self._depth}", dict(self.sizes)
        self._depth += 1
        self._connection.command(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self._undo(f"ROLLBACK TO SAVEPOINT {name}")
            self.sizes = before
            raise
        finally:
            self._depth -= 1
            self._undo(f"RELEASE SAVEPOINT {name}")

    def _undo(self, statement: str) -> None:
        """A statement about a savepoint; a write stopped by a limit has already undone the whole transaction."""
        if self._connection.in_transaction:
            self._connection.command(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A `@transactional` logic: joins the caller's transaction where there is one (propagation REQUIRED)."""
        if self._depth:
            yield
        else:
            with self.unit():
                yield

    def snapshot(self, table: EntityTable) -> list[Struct]:
        """All rows of an entity in the order of its key."""
        order = ", ".join(c.sql for c in table.key) or self.dialect.rowid
        parts = self._connection.fetch(f"{select_sql(table)} ORDER BY {order}", (), False)
        return [table.struct(row) for part in parts for row in part]

    def run(self, compiled: Any, values: Sequence[Any]) -> Any:
        """Run a compiled query or entity call with its program values (see queries.py, entities.py)."""
        return compiled.run(self, values)

    def paginate(self, compiled: Any, values: Sequence[Any], page: int | None, size: int | None) -> Any:
        """PAGINATE of a compiled query: (rows of the page, number of all rows)."""
        return compiled.paginate(self, values, page, size)

    @contextmanager
    def _faults(self, rows: int) -> Iterator[None]:
        self.runtime.spend(STATEMENT_STEPS + rows)
        meter = self._connection.meter
        meter.counting = True
        try:
            yield
        except self._connection.errors as error:
            raise self._connection.refused(error) from error
        finally:
            meter.counting = False


def insert_sql(table: EntityTable) -> str:
    """INSERT of one whole row."""
    names = ", ".join(c.sql for c in table.columns)
    return f"INSERT INTO {table.table.name} ({names}) VALUES ({', '.join('?' * len(table.columns))})"


def select_sql(table: EntityTable) -> str:
    """SELECT of whole rows, columns in declared order."""
    return f"SELECT {', '.join(c.sql for c in table.columns)} FROM {table.table.name}"

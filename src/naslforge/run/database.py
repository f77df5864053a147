"""The database of a test: SQLite in memory behind one kept connection, put back by a rollback after every test.

Tables are made once for a schema and rows once for a task; each test runs inside one transaction that is never
committed. Work done by SQLite counts as steps, so a long query ends like a long loop.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from naslforge.lang import types as t
from naslforge.run.columns import Codec
from naslforge.run.limits import LimitReached
from naslforge.run.schema import Column, EntityTable, Present, Schema
from naslforge.run.values import NaslError, Shapes, Struct, Time
from naslforge.run.wire import Reader, WireError
from naslforge.run.world import Runtime, WorldError

PROGRESS = 1000  # instructions of SQLite's machine …
PROGRESS_STEPS = 100  # … that count as so many steps
STATEMENT_STEPS = 10


@dataclass(frozen=True, slots=True)
class SqlFunction:
    """A Python function that SQL calls: over NASL values, or an aggregate class over stored values."""

    name: str
    arity: int
    function: Callable[..., Any]
    codecs: tuple[Codec, ...] = ()
    result: Codec | None = None
    zoned: bool = False
    aggregate: bool = False
    nulls: bool = False  # takes nulls too


class Database:
    """One connection with the tables of one schema."""

    def __init__(self, schema: Schema):
        self.schema = schema
        self.runtime = Runtime()
        self.pending: BaseException | None = None  # raised inside a function that SQLite called
        self.next_key: dict[str, int] = {}
        self.rows = 0
        self._depth = 0
        self._counting = False  # only the program's own statements cost steps
        self._loaded: str | None = None  # the given rows that the tables hold, as text
        self._given: dict[str, Any] | None = None  # the same, as the object they came in
        self._around: tuple[str | None, ...] = ()
        self._base: tuple[dict[str, int], int] = ({}, 0)
        self._functions: set[str] = set()
        # No cached statements: their instruction counters run on, and steps would depend on what ran before.
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        self._connection.execute("PRAGMA temp_store=MEMORY")
        self._connection.set_progress_handler(self._progress, PROGRESS)
        for statement in schema.ddl:
            self._connection.execute(statement)

    # --- the life of a test

    def begin(self, runtime: Runtime, shapes: Shapes, given: dict[str, Any], own: dict[str, Any] | None) -> None:
        """Start a test: `given` are the task's rows, `own` replace them by entity. Raises WorldError for bad rows."""
        self.runtime = runtime
        self.pending = None
        reader = Reader(shapes, runtime.zone)
        around = (str(runtime.now), runtime.zone.key, runtime.user_name)
        if self._given is not given or self._around != around:
            mark = json.dumps([given, around], sort_keys=True, default=str)
            if mark != self._loaded:
                self._reload(given, reader, mark)
            self._given, self._around = given, around
        self.next_key, self.rows = dict(self._base[0]), self._base[1]
        self._connection.execute("BEGIN")
        for entity, rows in (own or {}).items():
            self._replace(entity, rows, reader)
        self.runtime.steps = 0

    def end(self) -> None:
        """Undo everything the test did."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._depth = 0

    def close(self) -> None:
        self._connection.close()

    def _reload(self, given: dict[str, Any], reader: Reader, mark: str) -> None:
        self._loaded = self._given = None
        self.next_key, self.rows = {}, 0
        self._connection.execute("BEGIN")
        try:
            for table in self.schema.tables.values():
                self._connection.execute(f"DELETE FROM {table.table.name}")
            for entity, rows in given.items():
                self._replace(entity, rows, reader)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self._base = (dict(self.next_key), self.rows)
        self._loaded = mark

    def _replace(self, entity: str, rows: Any, reader: Reader) -> None:
        table = self.schema.find(entity)
        if table is None:
            raise WorldError(f"world.db names no entity, or more than one: {entity!r}")
        if not isinstance(rows, list):
            raise WorldError(f"world.db.{entity} is a list of rows")
        self.rows -= self._connection.execute(f"DELETE FROM {table.table.name}").rowcount
        self.next_key.pop(table.name, None)
        stored = [self._fixture(table, row, reader, f"world.db.{entity}[{i}]") for i, row in enumerate(rows)]
        self.count_rows(len(stored))
        try:
            self._connection.executemany(insert_sql(table), stored)
        except (sqlite3.Error, UnicodeEncodeError, OverflowError) as error:
            raise WorldError(f"world.db.{entity}: {error}") from error

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
            except WireError as error:
                raise WorldError(f"{path}.{column.name}: {error.message}") from error
            stored.append(None if value is None else column.codec.encode(value))
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

    def count_rows(self, more: int) -> None:
        """Raises LimitReached when the database would hold too many rows."""
        self.rows += more
        if self.rows > self.runtime.limits.rows:
            raise LimitReached("memory_limit", f"more than {self.runtime.limits.rows} rows in the database")

    # --- running SQL

    def register(self, functions: Iterable[SqlFunction]) -> None:
        """Make the functions known to SQLite, once each."""
        for function in functions:
            if function.name in self._functions:
                continue
            if function.aggregate:
                self._connection.create_aggregate(function.name, function.arity, self._aggregate(function))
            else:
                call = self._wrapped(function)
                self._connection.create_function(function.name, function.arity, call, deterministic=True)
            self._functions.add(function.name)

    def fetch(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        found: list[tuple[Any, ...]] = []
        with self._faults():
            cursor = self._connection.execute(sql, params)
            while part := cursor.fetchmany(1000):
                self.runtime.spend(len(part))
                found += part
                self.runtime.check_length(len(found))
        return found

    def execute(self, sql: str, params: Any = ()) -> int:
        """Run a statement that changes rows; gives their number."""
        with self._faults():
            return self._connection.execute(sql, params).rowcount

    @contextmanager
    def unit(self) -> Iterator[None]:
        """All or nothing: an error inside undoes what was done since the beginning."""
        name, before = f"u{self._depth}", self.rows
        self._depth += 1
        self._connection.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self._undo(f"ROLLBACK TO {name}")
            self.rows = before
            raise
        finally:
            self._depth -= 1
            self._undo(f"RELEASE {name}")

    def _undo(self, statement: str) -> None:
        """A statement about a savepoint; a write stopped by a limit has already undone the whole transaction."""
        if self._connection.in_transaction:
            self._connection.execute(statement)

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
        order = ", ".join(c.sql for c in table.key) or "rowid"
        rows = self._connection.execute(f"{select_sql(table)} ORDER BY {order}").fetchall()
        return [table.struct(row) for row in rows]

    def run(self, compiled: Any, values: Sequence[Any]) -> Any:
        """Run a compiled query or entity call with its program values (see queries.py, entities.py)."""
        return compiled.run(self, values)

    def paginate(self, compiled: Any, values: Sequence[Any], page: int | None, size: int | None) -> Any:
        """PAGINATE of a compiled query: (rows of the page, number of all rows)."""
        return compiled.paginate(self, values, page, size)

    # --- inside

    def _progress(self) -> int:
        if not self._counting:
            return 0
        try:
            self.runtime.spend(PROGRESS_STEPS)
        except LimitReached as reached:
            self.pending = reached
            return 1
        return 0

    @contextmanager
    def _faults(self) -> Iterator[None]:
        self.runtime.spend(STATEMENT_STEPS)
        self._counting = True
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise _constraint(error) from error
        except (sqlite3.Error, UnicodeEncodeError, OverflowError) as error:
            pending, self.pending = self.pending, None
            raise (pending or _refused(error)) from error
        finally:
            self._counting = False

    def _wrapped(self, spec: SqlFunction) -> Callable[..., Any]:
        decoders, function = [c.decode for c in spec.codecs], spec.function
        encode = spec.result.encode if spec.result else None

        def call(*stored: Any) -> Any:
            if not spec.nulls and None in stored:
                return None
            try:
                self.runtime.spend(1)
                values = [None if s is None else d(s) for d, s in zip(decoders, stored, strict=True)]
                value = function(self.runtime.zone, *values) if spec.zoned else function(*values)
                return encode(value) if encode and value is not None else value
            except BaseException as error:
                self.pending = error
                raise

        return call

    def _aggregate(self, spec: SqlFunction) -> Any:
        database = self

        class Aggregate:
            def __init__(self) -> None:
                self.inner = spec.function()

            def step(self, *stored: Any) -> None:
                try:
                    database.runtime.spend(1)
                    self.inner.step(*stored)
                except BaseException as error:
                    database.pending = error
                    raise

            def finalize(self) -> Any:
                return self.inner.finalize()

        return Aggregate


def _constraint(error: sqlite3.IntegrityError) -> NaslError:
    if "UNIQUE" in str(error):
        return NaslError("DatabaseDuplicateKeyError", "a row with this key or unique value exists already")
    return NaslError("DatabaseConstraintViolationError", "the row breaks a rule of its table")


def _refused(error: Exception) -> BaseException:
    text = str(error)
    if text == "interrupted":  # by a signal that came while SQLite called us
        return LimitReached("time_limit", "out of processor time")
    if "overflow" in text or isinstance(error, OverflowError):
        return NaslError("SystemArithmeticError", "a Long is out of range in a query")
    if isinstance(error, UnicodeEncodeError):
        return NaslError("SystemIllegalArgumentError", "a text with half a character cannot be stored")
    if "too large" in text or "too many" in text or "stack overflow" in text:
        return NaslError("SystemInternalError", f"the query is too large: {text}")
    return error


def insert_sql(table: EntityTable) -> str:
    """INSERT of one whole row."""
    names = ", ".join(c.sql for c in table.columns)
    return f"INSERT INTO {table.table.name} ({names}) VALUES ({', '.join('?' * len(table.columns))})"


def select_sql(table: EntityTable) -> str:
    """SELECT of whole rows, columns in declared order."""
    return f"SELECT {', '.join(c.sql for c in table.columns)} FROM {table.table.name}"

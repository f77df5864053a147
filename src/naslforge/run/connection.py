"""The way to an engine: rows of a statement, changed rows, transactions, and what its refusals mean to a program."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from naslforge.run import sqlfunctions
from naslforge.run.columns import Codec, half_character
from naslforge.run.dialects import SQLITE, Dialect
from naslforge.run.limits import LimitReached
from naslforge.run.values import NaslError
from naslforge.run.world import Runtime, step_limit

PROGRESS = 1000  # instructions of SQLite's machine …
PROGRESS_WORK = 100  # … that count as so much work
CHUNK = 1000
STATEMENT_SECONDS = 20  # a server may work so long on one statement


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


@dataclass(slots=True)
class Meter:
    """The work that an engine does for the present test. It is no part of the steps, which are the same for every
    engine; more work than the limit of steps ends the test all the same."""

    runtime: Runtime = field(default_factory=Runtime)
    work: int = 0
    counting: bool = False  # only the program's own statements are work
    pending: BaseException | None = None  # raised inside a function that the engine called

    def spend(self, work: int) -> None:
        """Raises LimitReached when it is too much."""
        self.work += work
        if self.work > self.runtime.limits.steps:
            raise self.exhausted()

    def exhausted(self) -> LimitReached:
        """What ends a test whose statement worked too long; its steps count as used up."""
        self.runtime.steps = self.runtime.limits.steps + 1
        return step_limit(self.runtime.limits)


class Connection(ABC):
    """One connection, used by one test at a time. Errors are the engine's own; `refused` tells what they mean."""

    dialect: Dialect
    errors: tuple[type[BaseException], ...]

    def __init__(self) -> None:
        self.meter = Meter()

    @abstractmethod
    def command(self, sql: str) -> None:
        """Run a statement without parameters and result: tables, transactions, savepoints."""

    @abstractmethod
    def fetch(self, sql: str, params: Any, large: bool) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a program's statement in parts; a `large` result is not held as a whole."""

    @abstractmethod
    def change(self, sql: str, params: Any) -> int:
        """Run a program's statement that changes rows; gives their number."""

    @abstractmethod
    def fill(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row."""

    @abstractmethod
    def refused(self, error: BaseException) -> BaseException:
        """What the program gets for an error of the engine; the error itself where it is our fault."""

    @abstractmethod
    def close(self) -> None:
        """Give the tables and, where nobody else needs it, the connection up."""

    def ready(self, runtime: Runtime) -> None:
        """A test begins: its work is counted from here, its time zone is known."""
        self.meter.runtime, self.meter.work, self.meter.pending = runtime, 0, None

    def register(self, functions: Iterable[SqlFunction]) -> None:  # noqa: B027
        """Make functions known that statements call; an engine with a library knows them already."""

    @property
    def in_transaction(self) -> bool:
        """A write that a limit stopped may have undone the whole transaction."""
        return True

    @property
    def lost(self) -> bool:
        """Is it of no more use?"""
        return False


def duplicate() -> NaslError:
    return NaslError(
        "DatabaseDuplicateKeyError",
        "a row with this key or unique value exists already",
        "主键或唯一索引的值已被另一行占用",
    )


def broken_rule() -> NaslError:
    return NaslError("DatabaseConstraintViolationError", "the row breaks a rule of its table", "这一行违反了表的约束")


def too_large() -> NaslError:
    return NaslError("SystemInternalError", "the query is too large", "查询太大，数据库不能执行")


def library_fault(told: str) -> NaslError:
    """The fault that a function of the library reports as `kind:detail`, as our own function raises it."""
    kind, _, detail = told.partition(":")
    match kind:
        case "long":
            return sqlfunctions.no_long()
        case "round":
            return sqlfunctions.unroundable(int(detail))
        case "unit":
            return sqlfunctions.unknown_unit(detail)
        case "divide":
            return sqlfunctions.no_divisor()
        case "remainder":
            return sqlfunctions.no_modulus()
        case "date":
            return sqlfunctions.out_of_range()
        case _:
            return sqlfunctions.too_many_digits()


class SqliteConnection(Connection):
    """SQLite in memory."""

    dialect = SQLITE
    errors = (sqlite3.Error, UnicodeEncodeError, OverflowError)

    def __init__(self, ddl: Iterable[str]) -> None:
        super().__init__()
        self._functions: set[str] = set()
        # No cached statements: their instruction counters run on, and work would depend on what ran before.
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        self._connection.execute("PRAGMA temp_store=MEMORY")
        self._connection.set_progress_handler(self._progress, PROGRESS)
        for statement in ddl:
            self._connection.execute(statement)

    def command(self, sql: str) -> None:
        self._connection.execute(sql)

    def fetch(self, sql: str, params: Any, large: bool) -> Iterator[list[tuple[Any, ...]]]:
        cursor = self._connection.execute(sql, params)
        while part := cursor.fetchmany(CHUNK):
            yield part

    def change(self, sql: str, params: Any) -> int:
        return self._connection.execute(sql, params).rowcount

    def fill(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    def refused(self, error: BaseException) -> BaseException:
        if isinstance(error, sqlite3.IntegrityError):
            return duplicate() if "UNIQUE" in str(error) else broken_rule()
        if self.meter.pending is not None:
            pending, self.meter.pending = self.meter.pending, None
            return pending
        text = str(error)
        if text == "interrupted":  # by a signal that came while SQLite called us
            return LimitReached("time_limit", "out of processor time")
        if "overflow" in text or isinstance(error, OverflowError):
            return sqlfunctions.no_long()
        if isinstance(error, UnicodeEncodeError):
            return half_character()
        if "too large" in text or "too many" in text or "stack overflow" in text:
            return too_large()
        return error

    def close(self) -> None:
        self._connection.close()

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def register(self, functions: Iterable[SqlFunction]) -> None:
        for function in functions:
            if function.name in self._functions:
                continue
            if function.aggregate:
                self._connection.create_aggregate(function.name, function.arity, self._aggregate(function))
            else:
                call = self._wrapped(function)
                self._connection.create_function(function.name, function.arity, call, deterministic=True)
            self._functions.add(function.name)

    # --- what SQLite calls

    def _progress(self) -> int:
        if not self.meter.counting:
            return 0
        try:
            self.meter.spend(PROGRESS_WORK)
        except LimitReached as reached:
            self.meter.pending = reached
            return 1
        return 0

    def _wrapped(self, spec: SqlFunction) -> Callable[..., Any]:
        decoders, function, meter = [c.decode for c in spec.codecs], spec.function, self.meter
        encode = spec.result.encode if spec.result else None

        def call(*stored: Any) -> Any:
            if not spec.nulls and None in stored:
                return None
            try:
                meter.spend(1)
                values = [None if s is None else d(s) for d, s in zip(decoders, stored, strict=True)]
                value = function(meter.runtime.zone, *values) if spec.zoned else function(*values)
                return encode(value) if encode and value is not None else value
            except BaseException as error:
                meter.pending = error
                raise

        return call

    def _aggregate(self, spec: SqlFunction) -> Any:
        meter = self.meter

        class Aggregate:
            def __init__(self) -> None:
                self.inner = spec.function()

            def step(self, *stored: Any) -> None:
                try:
                    meter.spend(1)
                    self.inner.step(*stored)
                except BaseException as error:
                    meter.pending = error
                    raise

            def finalize(self) -> Any:
                try:
                    return self.inner.finalize()
                except BaseException as error:
                    meter.pending = error
                    raise

        return Aggregate

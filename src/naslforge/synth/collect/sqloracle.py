"""SQLite as the judge of what a statement means: the original SQL runs on the same rows that the world gets.

A result that hangs on the order in which rows were stored (ties, bare columns beside GROUP BY) is refused.
"""

import random
import sqlite3
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import sqlglot
from sqlglot import exp

from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqlschema import Schema

Rows = dict[str, list[tuple[Any, ...]]]
_AFFINITY = {"Long": "INTEGER", "Decimal": "REAL", "String": "TEXT"}
_STEPS = 2_000_000
_DEALS = 2


def answer(schema: Schema, rows: Rows, sql: str, ordered: bool) -> list[tuple[Any, ...]]:
    """The rows that SQLite gives. Raises Inexpressible for an error or a result that is not determined."""
    with _Database(schema) as database:
        database.fill(rows)
        given = database.run(sql)
        if ordered and (keyed := _keyed(sql)):
            _refuse_ties(database.run(keyed[0]), *keyed[1:])
        for turned in _turned(rows):
            database.fill(turned)
            other = database.run(sql)
            if (given != other) if ordered else (sorted(map(repr, given)) != sorted(map(repr, other))):
                raise Inexpressible("result that hangs on the order of stored rows")
    return given


def plain_answer(schema: Schema, rows: Rows, sql: str) -> list[tuple[Any, ...]]:
    """The rows that SQLite gives, determined or not. Raises Inexpressible for an error."""
    with _Database(schema) as database:
        database.fill(rows)
        return database.run(sql)


@lru_cache(maxsize=32)
def _keyed(sql: str) -> tuple[str, int, int] | None:
    """The statement with its sort keys selected last and without its limit; the number of keys, and the limit."""
    statement = sqlglot.parse_one(sql, read="sqlite")
    order, limit = statement.args.get("order"), statement.args.get("limit")
    if not isinstance(statement, exp.Select) or order is None:
        return None
    keys = [ordered.this.copy() for ordered in order.expressions]
    for key in keys:
        statement.append("expressions", key)
    statement.set("limit", None)
    return statement.sql(dialect="sqlite"), len(keys), int(limit.expression.name) if limit else sys.maxsize


def _refuse_ties(rows: list[tuple[Any, ...]], keys: int, limit: int) -> None:
    """Raises where rows that the order leaves side by side differ, unless all of them lie beyond the limit."""
    for _, group in groupby(enumerate(rows), key=lambda item: item[1][-keys:]):
        places = list(group)
        if places[0][0] < limit and len({row[:-keys] for _, row in places}) > 1:
            raise Inexpressible("result that hangs on the order of stored rows")


def _turned(rows: Rows) -> Iterator[Rows]:
    """The same rows stored in other orders: each table turned round, and every one dealt anew."""
    yield {name: list(reversed(table)) for name, table in rows.items()}
    chooser = random.Random(len(rows))
    for _ in range(_DEALS):
        yield {name: chooser.sample(table, len(table)) for name, table in rows.items()}


class _Database:
    """The tables of a schema in memory, filled as often as wanted."""

    def __init__(self, schema: Schema):
        self.tables = schema.tables
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("PRAGMA case_sensitive_like = ON")
        for table in self.tables:
            columns = ", ".join(f"{_name(c.name)} {_AFFINITY[c.type]}" for c in table.columns)
            self.connection.execute(f"CREATE TABLE {_name(table.name)} ({columns})")

    def fill(self, rows: Rows) -> None:
        """Put these rows, in their order, in the place of all others."""
        self.connection.execute("BEGIN")
        for table in self.tables:
            self.connection.execute(f"DELETE FROM {_name(table.name)}")
            marks = ", ".join("?" * len(table.columns))
            self.connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({marks})", rows.get(table.name, []))
        self.connection.execute("COMMIT")

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a statement; it is stopped when it runs away."""
        self.connection.set_progress_handler(lambda: 1, _STEPS)
        try:
            return list(self.connection.execute(sql))
        except sqlite3.Error as error:
            raise Inexpressible("statement that SQLite refuses") from error

    def __enter__(self) -> "_Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

"""SQLite as the judge of what a statement means: the original SQL runs on the same rows that the world gets.

A result that hangs on the order in which rows were stored (ties, bare columns beside GROUP BY) is refused.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqlschema import Schema, SqlTable

Rows = dict[str, list[tuple[Any, ...]]]
_AFFINITY = {"Long": "INTEGER", "Decimal": "REAL", "String": "TEXT"}
_STEPS = 2_000_000


def answer(schema: Schema, rows: Rows, sql: str, ordered: bool) -> list[tuple[Any, ...]]:
    """The rows that SQLite gives. Raises Inexpressible for an error or a result that is not determined."""
    given = _run(schema, rows, sql)
    turned = _run(schema, {name: list(reversed(table)) for name, table in rows.items()}, sql)
    if (given != turned) if ordered else (sorted(map(repr, given)) != sorted(map(repr, turned))):
        raise Inexpressible("result that hangs on the order of stored rows")
    return given


def _run(schema: Schema, rows: Rows, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA case_sensitive_like = ON")
        for table in schema.tables:
            _fill(connection, table, rows.get(table.name, []))
        connection.set_progress_handler(lambda: 1, _STEPS)
        return list(connection.execute(sql))
    except sqlite3.Error as error:
        raise Inexpressible("statement that SQLite refuses") from error
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, table: SqlTable, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(f"{_name(c.name)} {_AFFINITY[c.type]}" for c in table.columns)
    connection.execute(f"CREATE TABLE {_name(table.name)} ({columns})")
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({marks})", rows)


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

"""RETQA: Chinese questions about real estate with SQL over tables of real rows, to query tasks.

A statement must give the data's own SQL_result on the whole tables. The world of a test holds a part of the rows: those
the statement names, those at the ends of the columns it orders by, and some others; further tests deal the cells of the
other columns anew. Expected results come from SQLite running the original SQL on the same rows.
"""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from naslforge.journal import dump_line
from naslforge.records import Task
from naslforge.synth.collect.collected import Drop, attempt
from naslforge.synth.collect.logical import number
from naslforge.synth.collect.rows import Row, find_file, find_optional, read_rows
from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqlcompile import compile_select
from naslforge.synth.collect.sqloracle import Rows, plain_answer
from naslforge.synth.collect.sqlschema import Schema, SqlColumn, SqlTable
from naslforge.synth.collect.sqltasks import SqlQuestion, sql_task

TESTS = 3
_ROWS = 12
_TRIES = 10
_FILES = ("train.jsonl", "validation.jsonl")


def collect_retqa(path: Path, drop: Drop, tests: int = TESTS) -> Iterator[Task]:
    """The RETQA questions whose SQL compiles and gives what the data says; a folder means train and validation."""
    tables_file = find_optional(path, "tables.jsonl")
    rows = read_rows(tables_file, ("name", "header", "rows"), drop) if tables_file else ()
    tables = {row["name"]: dump_line(row) for row in rows}

    @lru_cache(maxsize=128)
    def table(name: str) -> tuple[SqlTable, list[tuple[Any, ...]]]:
        if name not in tables:
            raise Inexpressible("table not found")
        return read_table(tables[name])

    for file in _question_files(path):
        stem = file.name.partition(".")[0]
        for index, row in enumerate(read_rows(file, ("query", "SQL", "SQL_result"), drop)):
            question = SqlQuestion("retqa", f"{stem}-{index:05}", "retqa", row["query"], row["SQL"], row["query"])
            yield from attempt(partial(_task, question, row, table, tests), drop, f"retqa/{question.id}")


def _question_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [f for name in _FILES if (f := find_optional(path, name))] or [find_file(path, *_FILES)]


def read_table(line: str) -> tuple[SqlTable, list[tuple[Any, ...]]]:
    """A table with typed columns, and its rows in those types; a cell that says nothing becomes null."""
    row: Row = json.loads(line)
    columns, values = [], []
    for index, name in enumerate(row["header"]):
        cells = [r[index].strip() for r in row["rows"]]
        kind, typed = _typed(cells)
        columns.append(SqlColumn(row["name"], name, "", "", kind))
        values.append(typed)
    table = SqlTable(row["name"], columns)
    Schema([table]).name_everything()
    return table, list(zip(*values, strict=True))


def _typed(cells: list[str]) -> tuple[str, list[Any]]:
    said = [c for c in cells if c and c not in ("-", "--", "nan", "None", "NULL")]
    numbers = [number(c) for c in said]
    if not said or any(n is None for n in numbers):
        return "String", [c if c in said else None for c in cells]
    whole = all(
        n == n.to_integral_value() and "." not in c for n, c in zip(numbers, said, strict=True) if n is not None
    )
    cast: type = int if whole else float
    return ("Long" if whole else "Decimal"), [cast(number(c)) if c in said else None for c in cells]  # type: ignore


def _task(question: SqlQuestion, row: Row, table: Any, tests: int) -> Task:
    try:
        statement = sqlglot.parse_one(question.sql, read="sqlite")
    except SqlglotError as error:
        raise Inexpressible("statement that does not parse") from error
    names = list(dict.fromkeys(t.name for t in statement.find_all(exp.Table)))
    found = {name: table(name) for name in names}
    schema = deepcopy(Schema([found[name][0] for name in names]))
    schema.name_everything()
    _share_types(schema)
    whole = {name: rows for name, (_, rows) in found.items()}
    compiled = compile_select(schema, statement)
    if not _agree(plain_answer(schema, whole, question.sql), row["SQL_result"]):
        raise Inexpressible("SQL that does not give the data's own result")
    databases = (_part(schema, whole, statement, f"{question.id}/{n}", n > 0) for n in range(_TRIES))
    return sql_task(question, schema, statement, compiled, databases, tests)


def _share_types(schema: Schema) -> None:
    """Columns of one name get one type, so that rows of several tables can stand in one list."""
    kinds: dict[str, set[str]] = {}
    for column in (c for t in schema.tables for c in t.columns):
        kinds.setdefault(column.name, set()).add(column.type)
    for column in (c for t in schema.tables for c in t.columns):
        column.type = next(k for k in ("String", "Decimal", "Long") if k in kinds[column.name])


def _agree(given: list[tuple[Any, ...]], said: list[list[Any]]) -> bool:
    def plain(rows: Any) -> list[str]:
        return sorted(str([round(float(v), 4) if isinstance(v, int | float) else v for v in row]) for row in rows)

    return plain(given) == plain(said)


def _part(schema: Schema, whole: Rows, statement: exp.Expr, seed: str, deal: bool) -> Rows:
    """A part of the rows of every table; `deal` shuffles the cells of the columns that the statement does not fix."""
    chooser = random.Random(seed)
    texts = {node.name for node in statement.find_all(exp.Literal, exp.Identifier)}
    ordered = {c.name for o in statement.find_all(exp.Ordered, exp.AggFunc) for c in o.find_all(exp.Column)}
    return {t.name: _table_part(t, whole[t.name], texts, ordered, chooser, deal) for t in schema.tables}


def _table_part(
    table: SqlTable, rows: list[tuple[Any, ...]], texts: set[str], ordered: set[str], chooser: random.Random, deal: bool
) -> list[tuple[Any, ...]]:
    named = [i for i, row in enumerate(rows) if not texts.isdisjoint(row)]
    if len(named) == len(rows):  # every row has the word (the year of a yearly table): it singles nothing out
        named = []
    most = min(len(named), _ROWS // 2)
    chosen = dict.fromkeys(chooser.sample(named, chooser.randint((most + 1) // 2, most) if deal else most))
    for index, column in enumerate(table.columns):
        if column.name in ordered:
            by_value = sorted((i for i, r in enumerate(rows) if r[index] is not None), key=lambda i: rows[i][index])
            chosen |= dict.fromkeys(by_value[:2] + by_value[-3:])
    rest = [i for i in range(len(rows)) if i not in chosen]
    chosen |= dict.fromkeys(chooser.sample(rest, min(len(rest), max(2, _ROWS - len(chosen)))))
    picked = [rows[i] for i in sorted(chosen)]
    return _dealt(picked, texts, chooser) if deal else picked


def _dealt(rows: list[tuple[Any, ...]], texts: set[str], chooser: random.Random) -> list[tuple[Any, ...]]:
    """The rows with the cells of each column dealt anew; columns that hold a text of the statement stay as they are.

    Numbers of which there are too few different ones are moved apart, so that an answer can differ.
    """
    columns = [list(column) for column in zip(*rows, strict=True)]
    for column in columns:
        if any(isinstance(v, str) and v in texts for v in column):
            continue
        chooser.shuffle(column)
        if len(set(column)) < max(3, len(column) // 2):
            steps = chooser.sample(range(len(column) + 3), len(column))
            column[:] = [v + n if isinstance(v, int | float) else v for v, n in zip(column, steps, strict=True)]
    return list(zip(*columns, strict=True))

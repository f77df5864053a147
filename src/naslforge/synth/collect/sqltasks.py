"""A compiled SQL question and databases to a Task: entities as context, SQLite's answers as tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from naslforge.lang import format_source
from naslforge.records import Task, Test
from naslforge.synth.collect.entities import context_of
from naslforge.synth.collect.origins import origin_meta
from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqloracle import Rows, answer
from naslforge.synth.collect.sqlquery import Compiled
from naslforge.synth.collect.sqlschema import Schema, SqlTable

_TOLERANCE = 1e-6
_NOTHING: tuple[Any, ...] = ([], None, 0)


@dataclass(frozen=True, slots=True)
class SqlQuestion:
    """A question with its SQL: `text` is the instruction, `original` what the data says word for word."""

    source: str
    id: str
    database: str
    text: str
    sql: str
    original: str


def sql_task(
    question: SqlQuestion, schema: Schema, statement: exp.Expr, compiled: Compiled,
    databases: Iterable[Rows], tests: int,
) -> Task:  # fmt: skip
    """The task; databases are tried until enough give a determined answer. Raises Inexpressible."""
    used = {t.name.lower() for t in statement.find_all(exp.Table)}
    tables = [t for t in schema.tables if t.name.lower() in used]
    small = Schema(tables)
    function = _function_name(compiled, statement)
    worlds, expected = _answered(small, databases, question.sql, compiled, tests)
    made = [
        _test(compiled, value, world if n else None)
        for n, (value, world) in enumerate(zip(expected, worlds, strict=True))
    ]
    meta = origin_meta(
        question.source, question.id, question.original, _difficulty(statement), _tags(question, statement)
    )
    meta["original"] |= {"database": question.database, "sql": question.sql}
    meta["reference"] = format_source(compiled.reference(function))
    meta["tests_from"] = "SQLite on the original SQL"
    return Task(
        id=f"{question.source}/{question.id}", sublanguage="query", instruction=question.text,
        context=context_of(t.entity() for t in tables), entry=f"app.logics.{function}",
        signature=f"export function {function}(): {compiled.result}", world=worlds[0], tests=made, meta=meta,
    )  # fmt: skip


def _answered(
    schema: Schema, databases: Iterable[Rows], sql: str, compiled: Compiled, tests: int
) -> tuple[list[dict[str, Any]], list[Any]]:
    """Worlds and expected values, those that find something first."""
    found: list[tuple[bool, dict[str, Any], Any]] = []
    trouble: Inexpressible | None = None
    for rows in databases:
        try:
            value = _value(answer(schema, rows, sql, compiled.ordered), compiled)
        except Inexpressible as error:
            trouble = error
            continue
        if all(value != other for _, _, other in found) or len(found) < tests:
            found.append((value in _NOTHING, _world(schema, rows), value))
        if sum(not empty for empty, _, _ in found) >= tests and len({repr(v) for _, _, v in found}) > 1:
            break
    found.sort(key=lambda item: item[0])
    if len(found) < tests:
        raise trouble or Inexpressible("too few databases give an answer")
    if found[0][0] and found[0][2] != 0:
        raise Inexpressible("finds nothing on any generated database")
    if len({repr(v) for _, _, v in found[:tests]}) == 1:
        raise Inexpressible("same answer on all generated databases")
    return [w for _, w, _ in found[:tests]], [v for _, _, v in found[:tests]]


def _value(rows: list[tuple[Any, ...]], compiled: Compiled) -> Any:
    if compiled.scalar:
        return rows[0][0]
    if len(compiled.fields) == 1:
        return [row[0] for row in rows]
    return [dict(zip(compiled.fields, row, strict=True)) for row in rows]


def _world(schema: Schema, rows: Rows) -> dict[str, Any]:
    return {"db": {table.nasl: table.entity().rows(rows.get(table.name, [])) for table in schema.tables}}


def _test(compiled: Compiled, value: Any, world: dict[str, Any] | None) -> Test:
    tolerance = _TOLERANCE * 10 ** max(0, len(str(int(_largest(value)))) - 1) if "Decimal" in compiled.result else None
    return Test(args=[], expect=value, ordered=compiled.ordered or compiled.scalar, tolerance=tolerance, world=world)


def _largest(value: Any) -> float:
    if isinstance(value, dict | list):
        return max(map(_largest, value.values() if isinstance(value, dict) else value), default=0.0)
    return abs(value) if isinstance(value, int | float) else 0.0


def _function_name(compiled: Compiled, statement: exp.Expr) -> str:
    """An English name after the shape of the query; tables and columns keep their Chinese names."""
    if compiled.scalar:
        kinds = {exp.Count: "countRecords", exp.Sum: "sumOf", exp.Avg: "averageOf", exp.Max: "maxOf", exp.Min: "minOf"}
        return next((name for kind, name in kinds.items() if statement.find(kind)), "valueOf")
    if statement.args.get("group"):
        return "groupRecords"
    return "topRecords" if statement.args.get("limit") else "findRecords"


def _difficulty(statement: exp.Expr) -> str:
    weight = sum(1 for _ in statement.find_all(exp.Join, exp.Group, exp.Order, exp.Having, exp.And, exp.Or))
    weight += 2 * sum(1 for _ in statement.find_all(exp.Subquery, exp.In, exp.SetOperation))
    return "easy" if weight <= 1 else "medium" if weight <= 3 else "hard"


def _tags(question: SqlQuestion, statement: exp.Expr) -> list[str]:
    kinds = {exp.Join: "join", exp.Group: "group", exp.Order: "order", exp.Having: "having", exp.Subquery: "subquery",
             exp.In: "in", exp.SetOperation: "set", exp.AggFunc: "aggregate"}  # fmt: skip
    return [question.source, *(name for kind, name in kinds.items() if statement.find(kind))]


__all__ = ["SqlQuestion", "SqlTable", "sql_task"]

"""WikiSQL: a question with its logical form over one table, to a query task with entity, reference and tests.

The table becomes an entity, the condition values become parameters, the given answer the first test. Further tests
take other values of the same columns (or other rows of the table), answered by `LogicalForm.evaluate`;
`meta.tests_from` says which is which. A condition value that several spellings match becomes a list of texts.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from naslforge.journal import dump_line
from naslforge.records import Task, Test
from naslforge.synth.collect.collected import Drop, attempt
from naslforge.synth.collect.entities import AUTO_KEY, Column, Entity, context_of
from naslforge.synth.collect.logical import Condition, LogicalForm, matches, number
from naslforge.synth.collect.names import camel_case, distinct, pascal_case
from naslforge.synth.collect.origins import origin_meta
from naslforge.synth.collect.rows import Row, find_file, find_optional, read_rows
from naslforge.synth.collect.shapes import LONG_LIMIT, Inexpressible
from naslforge.synth.collect.wikisql_words import word_question

TESTS = 3
_TOLERANCE = 1e-6
_CANDIDATES = 12
_COLUMNS = ("id", "question", "table_id", "agg", "sel_idx", "cond_idx", "conds", "status", "answer")


@dataclass(frozen=True, slots=True)
class Table:
    """A WikiSQL table: its entity, its raw cells and the same cells converted to the entity's types."""

    entity: Entity
    raw: list[list[str]]
    cells: list[list[Any]]


def collect_wikisql(path: Path, drop: Drop, tests: int = TESTS) -> Iterator[Task]:
    """The answered questions; what has no table or no answer, or does not convert, is dropped with its reason."""
    questions = find_file(path, "train.jsonl")
    tables = _read_tables(find_optional(path, "train.tables.jsonl"), drop)

    @lru_cache(maxsize=64)
    def table(table_id: str, as_text: frozenset[int] = frozenset()) -> Table:
        return convert_table(tables[table_id], as_text)

    for row in read_rows(questions, ("id", "question", "table_id", "status"), drop):
        if row["status"] != "ok":
            drop(f"question without answer: {row['status']}", row["id"])
            continue
        if missing := [c for c in _COLUMNS if c not in row]:
            drop(f"missing column {', '.join(missing)}", row["id"])
        elif row["table_id"] not in tables:
            drop("task: table not found", row["id"])
        else:
            yield from attempt(partial(_best_task, row, table, tests), drop, row["id"])


def _read_tables(path: Path | None, drop: Drop) -> dict[str, str]:
    """The tables by id, each still as one line of JSON: parsed, all of them would take many times the memory."""
    if path is None:
        return {}
    return {row["id"]: dump_line(row) for row in read_rows(path, ("id", "title", "header", "types", "rows"), drop)}


def convert_table(line: str, as_text: frozenset[int] = frozenset()) -> Table:
    """The table with an entity of distinct names and typed cells; a cell that is no number becomes null.

    Columns in `as_text` stay text whatever they hold.
    """
    row = json.loads(line)
    names = distinct(map(camel_case, row["header"]), taken=[AUTO_KEY])
    columns, converted = [], []
    types = ["text" if i in as_text else kind for i, kind in enumerate(row["types"])]
    for name, label, kind, cells in zip(names, row["header"], types, _columns(row), strict=True):
        nasl, values = _typed(kind, cells)
        columns.append(Column(name, label, nasl))
        converted.append(values)
    title = " ".join(row["title"].removeprefix("list of ").split()[:5])
    entity = Entity(pascal_case(title, "Record"), row["title"] or "record", tuple(columns))
    return Table(entity, row["rows"], [list(cells) for cells in zip(*converted, strict=True)])


def _columns(row: Row) -> list[list[str]]:
    return [list(column) for column in zip(*row["rows"], strict=True)] or [[] for _ in row["header"]]


def _typed(kind: str, cells: list[str]) -> tuple[str, list[Any]]:
    if kind != "real":
        return "String", list(cells)
    numbers = [number(cell) for cell in cells]
    whole = all(n is None or (n == n.to_integral_value() and abs(n) <= LONG_LIMIT) for n in numbers)
    if whole:
        return "Long", [None if n is None else int(n) for n in numbers]
    return "Decimal", list(numbers)


def _best_task(row: Row, table: Callable[..., Table], tests: int) -> Task:
    """The task with number columns as numbers; else with those it compares for equality as text ("1a", "+2")."""
    try:
        return _task(row, table(row["table_id"]), tests)
    except Inexpressible:
        compared = frozenset(i for i, (_, op, _) in zip(row["cond_idx"], row["conds"], strict=True) if op == "=")
        ordered = {i for i, (_, op, _) in zip(row["cond_idx"], row["conds"], strict=True) if op != "="}
        if not compared or compared & ordered:
            raise
        return _task(row, table(row["table_id"], compared), tests)


def _task(row: Row, table: Table, tests: int) -> Task:
    form, args = _logical_form(row, table)
    found = _found(row, table)
    if [r for r, hit in zip(table.cells, found, strict=True) if hit] != [
        r for r in table.cells if all(c.holds(r, a) for c, a in zip(form.conditions, args, strict=True))
    ]:
        raise Inexpressible("other rows match after conversion")
    first = _answer(row, form, table, found)
    if _wire(form.evaluate(table.cells, args)) != first and not _close(form.evaluate(table.cells, args), first):
        raise Inexpressible("answer does not follow from the rows")
    entity = table.entity
    meta = origin_meta(
        "wikisql", row["id"], row["question"], _difficulty(form), ["wikisql", row["agg"].lower() or "list"]
    )
    meta["original"]["table"] = row["table_id"]
    meta["reference"] = form.nasl(entity)
    more = _more_tests(row["id"], form, table, args, first, tests - 1)
    meta["tests_from"] = {"answer": [0], "evaluated": list(range(1, 1 + len(more)))}
    return Task(
        id=f"wikisql/{row['id'].removeprefix('wikisql-')}", sublanguage="query",
        instruction=word_question(row["id"], form, entity), instruction_en=row["question"],
        context=context_of([entity]), entry=f"app.logics.{form.function}", signature=form.signature(entity.columns),
        world={"db": {entity.name: _world_rows(table)}}, tests=[_test(form, table, args, first), *more], meta=meta,
    )  # fmt: skip


def _logical_form(row: Row, table: Table) -> tuple[LogicalForm, list[Any]]:
    """The form with a parameter per condition, and the arguments that the question gives."""
    columns = table.entity.columns
    if row["agg"] not in ("", "COUNT") and columns[row["sel_idx"]].type == "String":
        raise Inexpressible("aggregate of a text column")
    verb = {"": "find", "AVG": "average"}.get(row["agg"], row["agg"].lower())
    function = camel_case(f"{verb} {columns[row['sel_idx']].label}")
    conditions, args = [], []
    for index, (_, op, value) in zip(row["cond_idx"], row["conds"], strict=True):
        op, kind, argument = _argument(op, value, index, table)
        suffix = {"<": " below", ">": " above", "IN": " values"}.get(op, "")
        conditions.append(Condition(index, op, camel_case(columns[index].label + suffix), kind))
        args.append(argument)
    names = distinct([c.param for c in conditions], taken=[function])
    renamed = tuple(replace(c, param=n) for c, n in zip(conditions, names, strict=True))
    return LogicalForm(function, row["agg"], row["sel_idx"], renamed), args


def _argument(op: str, value: str, index: int, table: Table) -> tuple[str, str, Any]:
    """Operator, parameter type and argument of one condition: the cell texts that match, or the number."""
    kind = table.entity.columns[index].type
    if kind == "String":
        if op != "=":
            raise Inexpressible("order comparison of a text column")
        spellings = sorted({r[index] for r in table.raw if matches(r[index], "=", value)})
        if not spellings:
            raise Inexpressible("condition value not in the column")
        return ("=", "String", spellings[0]) if len(spellings) == 1 else ("IN", "List<String>", spellings)
    n = number(value)
    if n is None:
        raise Inexpressible("condition value that is no number")
    whole = kind == "Long" and n == n.to_integral_value()
    return (op, "Long", int(n)) if whole else (op, "Decimal", n)


def _found(row: Row, table: Table) -> list[bool]:
    """Which raw rows the question is about, by the data's own rule."""
    conditions = list(zip(row["cond_idx"], row["conds"], strict=True))
    return [all(matches(raw[i], op, value) for i, (_, op, value) in conditions) for raw in table.raw]


def _answer(row: Row, form: LogicalForm, table: Table, found: list[bool]) -> Any:
    """The given answer as a value of the result type; plain look-ups by the converted cells of the given texts."""
    if form.aggregate:
        if len(row["answer"]) != 1:
            raise Inexpressible("no answer given")
        value = row["answer"][0]
        return int(value) if form.result_type(table.entity.columns) == "Long" else _wire(Decimal(str(value)))
    texts = [raw[form.column] for raw, hit in zip(table.raw, found, strict=True) if hit]
    if texts != row["answer"]:
        raise Inexpressible("answer does not follow from the rows")
    return [_wire(cells[form.column]) for cells, hit in zip(table.cells, found, strict=True) if hit]


def _more_tests(seed: str, form: LogicalForm, table: Table, args: list[Any], first: Any, count: int) -> list[Test]:
    """Tests with other arguments, those with another answer first; with other rows where there are no parameters."""
    if not form.conditions:
        return [_test(form, table, [], None, rows) for rows in _other_rows(table.cells)[:count]]
    chooser = random.Random(seed)
    known = {repr(args)}
    found: list[tuple[bool, list[Any], Any]] = []
    for candidate in _other_arguments(form, table.cells, chooser):
        if repr(candidate) not in known:
            known.add(repr(candidate))
            answer = form.evaluate(table.cells, candidate)
            found.append((_wire(answer) == first, candidate, answer))
    found.sort(key=lambda item: (item[0], not item[2]))
    return [_test(form, table, candidate, _wire(answer)) for _, candidate, answer in found[:count]]


def _other_arguments(form: LogicalForm, cells: list[list[Any]], chooser: random.Random) -> Iterator[list[Any]]:
    """Arguments taken together from rows of the table, in chance order, and last some that match nothing."""
    rows = chooser.sample(cells, min(len(cells), _CANDIDATES))
    for row in rows:
        if all(row[c.column] is not None for c in form.conditions):
            yield [_argument_from(c, row[c.column]) for c in form.conditions]
    for text, gap in (("none", 1), ("unknown", 2)):
        yield [_nothing(c, cells, text, gap) for c in form.conditions]


def _argument_from(condition: Condition, cell: Any) -> Any:
    """An argument that the row with this cell fits."""
    if condition.op == "IN":
        return [cell]
    if condition.op in "<>":
        cell += 1 if condition.op == "<" else -1
    return cell


def _nothing(condition: Condition, cells: list[list[Any]], text: str, gap: int) -> Any:
    """An argument that no row fits."""
    if condition.op == "IN":
        return [f"({text})"]
    if condition.type == "String":
        return f"({text})"
    numbers = [r[condition.column] for r in cells if r[condition.column] is not None]
    return (min(numbers) if condition.op == "<" else max(numbers)) + (0 if condition.op == "<" else gap)


def _other_rows(cells: list[list[Any]]) -> list[list[list[Any]]]:
    halves = [cells[: (len(cells) + 1) // 2], cells[len(cells) // 2 :]]
    return [rows for rows in halves if rows != cells] + [[]]


def _test(
    form: LogicalForm, table: Table, args: Sequence[Any], expect: Any, rows: list[list[Any]] | None = None
) -> Test:
    world = None
    if rows is not None:
        expect = _wire(form.evaluate(rows, args))
        world = {"db": {table.entity.name: table.entity.rows(map(_wire, rows))}}
    tolerance = None
    if form.aggregate in ("AVG", "SUM") and form.result_type(table.entity.columns) == "Decimal":
        tolerance = float(f"{_TOLERANCE * max(1.0, abs(expect or 0)):.1g}")
    return Test(args=_wire(list(args)), expect=expect, ordered=bool(form.aggregate), tolerance=tolerance, world=world)


def _world_rows(table: Table) -> list[dict[str, Any]]:
    return table.entity.rows(map(_wire, table.cells))


def _wire(value: Any) -> Any:
    """A converted value as JSON: Decimals as plain numbers, whole ones without a fraction."""
    if isinstance(value, list):
        return [_wire(v) for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _close(value: Any, given: Any) -> bool:
    """Whether a number agrees with an answer that the data gives to six places."""
    if value is None or given is None or isinstance(value, list):
        return False
    return abs(float(value) - float(given)) <= _TOLERANCE * max(1.0, abs(float(value)))


def _difficulty(form: LogicalForm) -> str:
    weight = len(form.conditions) + (1 if form.aggregate else 0)
    return "easy" if weight <= 1 else "medium" if weight <= 3 else "hard"

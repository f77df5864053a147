"""CHASE: Chinese questions over several tables with their SQL, to query tasks on generated databases.

A question that stands alone is a task of its own; the last question of a dialogue is one with the dialogue before it.
The expected results come from SQLite running the original SQL on the generated rows; what NASL cannot say, what is not
determined and what finds nothing on any database is dropped with its reason.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from naslforge.records import Task
from naslforge.synth.collect.collected import Drop, attempt
from naslforge.synth.collect.rows import Row, find_file, find_optional, read_rows
from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqlcompile import compile_select
from naslforge.synth.collect.sqlschema import Schema, SqlColumn, SqlTable, learn_types
from naslforge.synth.collect.sqltasks import SqlQuestion, sql_task
from naslforge.synth.collect.sqlworlds import make_rows

TESTS = 3
_TRIES = 14
_TURN = {"question_id", "utterance", "query", "context"}
_SCHEMA = ("db_id", "table_names_original", "column_names_original", "column_types")


def collect_chase(path: Path, drop: Drop, tests: int = TESTS) -> Iterator[Task]:
    """The CHASE questions that compile; the tables file is looked for beside the questions."""
    rows = read_rows(find_file(path, "train.jsonl"), ("db_id", "turns"), drop)
    dialogues = []
    for row in rows:
        if _is_dialogue(row):
            dialogues.append(row)
        else:
            drop("row of an unexpected shape", str(row)[:80])
    schemas = _read_schemas(find_optional(path, "tables.jsonl"), drop)
    statements = _statements(dialogues, drop)
    for name, schema in schemas.items():
        learn_types(schema, [e for db, sql in statements if db == name and (e := statements[db, sql])])
    seen: set[tuple[str, str, str]] = set()
    for question in _questions(dialogues):
        if (key := (question.database, question.text, question.sql)) in seen:
            continue
        seen.add(key)
        yield from attempt(partial(_task, question, schemas, statements, tests), drop, f"chase/{question.id}")


def _is_dialogue(row: Row) -> bool:
    turns = row["turns"]
    return isinstance(turns, list) and all(isinstance(t, dict) and t.keys() >= _TURN for t in turns)


def _read_schemas(path: Path | None, drop: Drop) -> dict[str, Schema]:
    schemas: dict[str, Schema] = {}
    for row in read_rows(path, _SCHEMA, drop) if path else ():
        try:
            schemas[row["db_id"]] = read_schema(row)
        except (TypeError, ValueError, IndexError) as error:
            drop("schema of an unexpected shape", f"{row['db_id']}: {error!r}")
    return schemas


def _statements(dialogues: list[Row], drop: Drop) -> dict[tuple[str, str], exp.Expr]:
    found: dict[tuple[str, str], exp.Expr] = {}
    for dialogue in dialogues:
        for turn in dialogue["turns"]:
            key = (dialogue["db_id"], turn["query"])
            if key not in found:
                try:
                    found[key] = sqlglot.parse_one(turn["query"], read="sqlite")
                except SqlglotError:
                    drop("statement that does not parse", str(turn.get("question_id", key)))
    return found


def _questions(dialogues: list[Row]) -> Iterator[SqlQuestion]:
    """The questions that stand alone, and each last one with its dialogue."""
    for dialogue in dialogues:
        turns = dialogue["turns"]
        for number, turn in enumerate(turns):
            alone = turn["context"] == ["Context Independent"]
            if alone or number == len(turns) - 1:
                text = turn["utterance"].strip() if alone else _dialogue([t["utterance"].strip() for t in turns])
                yield SqlQuestion(
                    "chase", turn["question_id"], dialogue["db_id"], text, turn["query"], turn["utterance"]
                )


def _dialogue(lines: list[str]) -> str:
    said = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return f"用户依次问了下面几句话，后一句承接前一句：\n{said}\n请写一个逻辑，返回最后一问要的结果。"


def read_schema(row: Row) -> Schema:
    """A Spider-style schema record as a Schema with NASL names."""
    tables = [SqlTable(name, []) for name in row["table_names_original"]]
    by_index: dict[int, SqlColumn] = {}
    for index, ((table, name), kind) in enumerate(zip(row["column_names_original"], row["column_types"], strict=True)):
        if table >= 0:
            by_index[index] = SqlColumn(tables[table].name, name, kind)
            tables[table].columns.append(by_index[index])
    keys = [by_index[i] for i in row.get("primary_keys", []) if i in by_index]
    for table in tables:
        own = [k for k in keys if k.table == table.name]
        linked = {a for a, _ in row.get("foreign_keys", []) if a in by_index and by_index[a] in own}
        table.primary = own[0].name if len(own) == 1 and not linked else None
    links = [(by_index[a], by_index[b]) for a, b in row.get("foreign_keys", []) if a in by_index and b in by_index]
    schema = Schema(tables, links)
    schema.name_everything()
    return schema


def _task(
    question: SqlQuestion, schemas: dict[str, Schema], statements: dict[tuple[str, str], Any], tests: int
) -> Task:
    schema, statement = schemas.get(question.database), statements.get((question.database, question.sql))
    if schema is None or statement is None:
        raise Inexpressible("no schema or statement")
    compiled = compile_select(schema, statement)
    databases = (make_rows(schema, statement, f"{question.id}/{n}") for n in range(_TRIES))
    return sql_task(question, schema, statement, compiled, databases, tests)

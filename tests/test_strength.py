"""Mutants of references: each is another program that checks; tests kill them, or an input tells them apart."""

import random
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from naslforge import cli
from naslforge.lang import Source, check, mutants
from naslforge.records import Task
from naslforge.strength import mutants_of, strengths
from naslforge.strength.inputs import generated_inputs

FEE = """export namespace app.logics {
  export function fee(days: Long, vip: Boolean): Decimal {
    let result: Decimal = 0;
    if (days > 3 && !vip) {
      result = days * 1.5;
    }
    return result;
  }
}
"""
CONTEXT = """export namespace app.dataSources.defaultDS.entities {
  export class Book {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    title: String;
    stock: Long;
  }
}
"""
BOOKS = """export namespace app.logics {
  export function titles(least: Long): List<String> {
    return FROM(app.dataSources.defaultDS.entities.BookEntity, Book => $
      .WHERE(Book.stock >= least)
      .ORDER_BY([Book.title, 'DESC'])
      .SELECT(Book.title));
  }
}
"""
ROWS = [{"id": 1, "title": "a", "stock": 3}, {"id": 2, "title": "b", "stock": 5}, {"id": 3, "title": "c", "stock": 1}]


def fee_task(*tests: tuple[int, bool, float]) -> Task:
    told = [{"args": [days, vip], "expect": expect} for days, vip, expect in tests]
    return Task.from_json(
        {"id": "t/fee", "sublanguage": "base", "instruction": "-", "entry": "app.logics.fee", "tests": told,
         "signature": "export function fee(days: Long, vip: Boolean): Decimal", "meta": {"reference": FEE}}
    )  # fmt: skip


def book_task(*tests: dict) -> Task:
    return Task.from_json(
        {"id": "t/books", "sublanguage": "query", "instruction": "-", "entry": "app.logics.titles", "context": CONTEXT,
         "signature": "export function titles(least: Long): List<String>", "tests": list(tests),
         "world": {"db": {"Book": ROWS}}, "meta": {"reference": BOOKS}}
    )  # fmt: skip


STRONG = fee_task((3, False, 0), (4, False, 6), (4, True, 0), (10, False, 15), (2, True, 0))


def test_every_mutant_checks_and_is_another_program() -> None:
    found = mutants(Source("a.ts", FEE))
    texts = [mutant.text for mutant in found]
    assert len(texts) == len(set(texts)) > 10 and FEE not in texts
    assert all(not check([Source("a.ts", text)]).errors for text in texts)
    kinds = {mutant.kind for mutant in found}
    assert {
        "logical operator",
        "arithmetic operator",
        "boundary",
        "constant",
        "condition",
        "removed statement",
    } <= kinds


def test_queries_lose_their_clauses() -> None:
    kinds = {mutant.kind for mutant in mutants_of(book_task({"args": [1], "expect": []}))}
    assert {"no WHERE", "no ORDER_BY", "direction", "boundary", "comparison"} <= kinds


def test_a_program_with_errors_is_refused() -> None:
    with pytest.raises(ValueError, match="errors"):
        mutants(Source("a.ts", "export function f(): Long { return x; }"))


def test_strong_tests_kill_everything_and_weak_ones_leave_a_witness() -> None:
    (strong,) = strengths([STRONG])
    assert strong.score == 1.0 and strong.count("killed") == len(strong.fates) - strong.count("equivalent") > 10
    (weak,) = strengths([fee_task((10, False, 15))])
    survived = [fate for fate in weak.fates if fate.status == "survived"]
    assert weak.score < 0.9 and survived and all(fate.witness and len(fate.witness["args"]) == 2 for fate in survived)
    assert all(fate.killed_by == (0,) for fate in weak.fates if fate.status == "killed")


def test_query_mutants_are_told_apart_by_rows() -> None:
    (weak,) = strengths([book_task({"args": [5], "expect": ["b"]})])
    kinds = {fate.mutant.kind for fate in weak.fates if fate.status == "survived"}
    assert "direction" in kinds
    twice = {"args": [0], "world": {"db": {"Book": [*ROWS, {"id": 4, "title": "b", "stock": 0}]}},
             "expect": ["c", "b", "b", "a"]}  # fmt: skip
    (strong,) = strengths(
        [book_task({"args": [3], "expect": ["b", "a"]}, {"args": [1], "expect": ["c", "b", "a"]}, twice)]
    )
    assert strong.score == 1.0


def test_equal_seeds_give_equal_inputs() -> None:
    task = book_task({"args": [3], "expect": []})
    first, second, other = (list(generated_inputs(task, random.Random(seed), 20)) for seed in (1, 1, 2))
    assert first == second != other
    assert task.world["db"]["Book"] == ROWS


def test_members_times_and_numbers_in_text_stay_what_they_are() -> None:
    context = "export namespace app.enums { export enum State { open = 'open', held = 'on hold', done = 'done' } }"
    args = ["open", "09:00:00", "2026-03-02T23:59:59", "2026-03-31", "12.50"]
    task = Task.from_json({**fee_task().to_json(), "context": context, "tests": [{"args": args, "expect": 1}]})
    columns = list(zip(*(one["args"] for one in generated_inputs(task, random.Random(1), 300)), strict=True))
    assert set(columns[0]) == {"open", "on hold", "done"}
    readers = (time.fromisoformat, datetime.fromisoformat, date.fromisoformat, Decimal)
    for column, given, read in zip(columns[1:], args[1:], readers, strict=True):
        assert len({read(value) for value in column}) >= 5, given
    assert {time(8, 59, 59), time(9, 0, 1)} <= {time.fromisoformat(value) for value in columns[1]}


def test_an_input_without_arguments_or_rows_gives_nothing() -> None:
    task = Task.from_json({**fee_task().to_json(), "tests": [{"steps": []}]})
    assert list(generated_inputs(task, random.Random(1), 5)) == []


def test_mutate_at_the_terminal(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    Task.write("strong.jsonl", [STRONG])
    Task.write("weak.jsonl", [fee_task((10, False, 15))])
    assert cli.main(["mutate", "strong.jsonl", "--workers", "1"]) == 0
    assert cli.main(["mutate", "weak.jsonl", "--workers", "1", "-o", "out.jsonl"]) == 1
    assert "told apart by" in capsys.readouterr().out and (tmp_path / "out.jsonl").exists()
    Task.write("none.jsonl", [Task.from_json({**STRONG.to_json(), "meta": {}})])
    assert cli.main(["mutate", "none.jsonl"]) == 2

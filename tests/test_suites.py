"""Every packaged suite is whole: references pass, what is published about it holds, no family is in it."""

import pytest

from naslforge.evals import load_suite, suite_names
from naslforge.evals.suite import _FOLDER
from naslforge.journal import read_jsonl
from naslforge.judge import judge_many
from naslforge.records import DIFFICULTIES, Solution
from naslforge.synth.decontaminate import Evaluation
from naslforge.synth.families import generate

LEAST_TESTS = {"humaneval-zh": 20, "untouched": 3}
AUDITED = [name for name in suite_names() if (_FOLDER / f"{name}.audit.jsonl").is_file()]


@pytest.mark.parametrize("name", suite_names())
def test_references_score_100(name: str) -> None:
    suite = load_suite(name)
    pairs = ((task, Solution(task.id, suite.references[task.id])) for task in suite.tasks)
    assert [v.task for v in judge_many(pairs, 2) if not v.passed] == []


@pytest.mark.parametrize("name", suite_names())
def test_tasks_are_complete(name: str) -> None:
    for task in load_suite(name).tasks:
        assert task.instruction and task.instruction_en and task.meta["difficulty"] in DIFFICULTIES, task.id
        assert task.meta["license"] and task.meta["date"] and task.id.startswith(f"{name}/"), task.id
        assert len(task.tests) >= LEAST_TESTS.get(name, 5), task.id


def test_the_large_suites_were_audited() -> None:
    assert {"humaneval-zh", "logic", "data", "app", "vague", "complete"} == set(AUDITED)


@pytest.mark.parametrize("name", AUDITED)
def test_the_published_audit_is_of_these_tasks_and_good(name: str) -> None:
    rows = {row["task"]: row for row in read_jsonl(_FOLDER / f"{name}.audit.jsonl", dict)}
    assert {task.id: len(task.tests) for task in load_suite(name).tasks} == {t: r["tests"] for t, r in rows.items()}
    assert [row["task"] for row in rows.values() if row["fault"] or row["score"] < 0.9] == []


@pytest.mark.parametrize("name", ["humaneval-zh", "logic", "data", "app"])
def test_no_task_is_one_of_our_families_in_other_words(name: str) -> None:
    guard = Evaluation(load_suite(name).tasks)
    found = [(task.id, leak) for task in generate(seed=4, count=300)
             if (leak := guard.leak(task, str(task.meta["reference"])))]  # fmt: skip
    assert found == []

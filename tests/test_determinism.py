"""The same program and world give the same verdict, byte for byte: whoever judges it, after what, on any machine."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from determinism import Pairs, differences, judged, overloaded
from judged import programs

COUNT, UNDER_LOAD = 5_000, 300


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    return list(programs(COUNT))


@pytest.fixture(scope="module")
def alone(pairs: Pairs) -> list[str]:
    """The verdicts of one worker, one after the other."""
    return judged(pairs, 1)


def test_the_programs_are_of_many_kinds(pairs: Pairs, alone: list[str]) -> None:
    statuses = Counter(text.partition('"status": "')[2].partition('"')[0] for text in alone)
    wanted = {
        "passed", "syntax_error", "type_error", "practice_error", "missing_entry", "wrong_answer", "wrong_state",
        "runtime_error", "step_limit", "memory_limit", "output_limit", "bad_task",
    }  # fmt: skip
    assert wanted == set(statuses), statuses
    assert len({task.id for task, _ in pairs}) > 100
    assert len({(task.id, source) for task, source in pairs}) > 0.85 * COUNT


@pytest.mark.parametrize("workers", [2, 8])
def test_more_workers_give_the_same_verdicts(workers: int, pairs: Pairs, alone: list[str]) -> None:
    """Backwards too, so that every program has other neighbours."""
    assert differences(pairs, alone, judged(pairs, workers, backwards=workers == 8)) == []


def test_an_overloaded_machine_gives_the_same_verdicts(pairs: Pairs, alone: list[str]) -> None:
    with overloaded():
        found = judged(pairs[:UNDER_LOAD], 2)
    assert differences(pairs[:UNDER_LOAD], alone[:UNDER_LOAD], found) == []

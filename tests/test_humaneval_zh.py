"""The sources of humaneval-zh: the language of generators, the form of source cases, and both references."""

import sys
from pathlib import Path

import pytest

SUITES = Path(__file__).parents[1] / "benchmarks" / "suites"
sys.path.insert(0, str(SUITES))

from humaneval_cases import Problem, near, read_problems, same, source_cases  # noqa: E402
from humaneval_generators import generators, inputs  # noqa: E402

from naslforge.evals import load_suite, suite_names  # noqa: E402
from naslforge.judge import judge_many  # noqa: E402
from naslforge.records import Solution  # noqa: E402


def made(*expressions: str, count: int = 200) -> list[list]:
    return inputs(generators(expressions), "seed", count, lambda args: True)


def test_inputs_are_the_same_for_a_seed_and_differ_from_each_other():
    first, second = (
        made("list(long(-9, 9), 0, 6)", "text(lower, 0, 4)"),
        made("list(long(-9, 9), 0, 6)", "text(lower, 0, 4)"),
    )
    assert first == second
    assert len({repr(args) for args in first}) == len(first) == 200


def test_numbers_keep_to_their_range_and_both_ends_come():
    longs = [value for (value,) in made("long(-3, 4)")]
    assert set(longs) == set(range(-3, 5))
    decimals = [value for (value,) in made("decimal(0, 1, 1)")]
    assert set(decimals) == {number / 10 for number in range(11)}


def test_lists_and_texts_have_their_sizes():
    assert {len(value) for (value,) in made("list(long(0, 9), 2, 4)")} == {2, 3, 4}
    assert {len(value) for (value,) in made("text('ab', 0, 3)", count=15)} == {0, 1, 2, 3}
    assert all(len(set(value)) == len(value) for (value,) in made("distinct(long(0, 9), 0, 6)"))


def test_brackets_are_balanced_and_spoilt_ones_often_not():
    def balanced(text: str) -> bool:
        while "()" in text:
            text = text.replace("()", "")
        return not text

    assert all(balanced(text) for (text,) in made("brackets('()', 0, 6)"))
    assert sum(not balanced(text) for (text,) in made("spoilt(brackets('()', 1, 6))")) > 20


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("mirrored(text('abc', 0, 5))", lambda value: value == value[::-1]),
        ("ascending(list(long(-9, 9), 0, 5))", lambda value: value == sorted(value)),
        ("descending(list(long(-9, 9), 0, 5))", lambda value: value == sorted(value)[::-1]),
    ],
)
def test_derived_lists_hold_what_their_names_say(expression, holds):
    assert all(holds(value) for (value,) in made(expression))


def test_a_later_argument_may_be_made_of_an_earlier_one():
    for base, mixed, part in made("list(long(0, 9), 0, 5)", "shuffled(arg(0))", "part(arg(0))"):
        assert sorted(mixed) == sorted(base)
        assert part == [] or any(base[at : at + len(part)] == part for at in range(len(base)))


def test_results_are_compared_by_value_order_and_tolerance():
    assert same([1, "2.50"], [1, 2.5])
    assert not same([1, 2], [2, 1])
    assert same([1, 2], [2, 1], ordered=False)
    assert same("0.3333333333", "0.3333333334", tolerance=1e-6)
    assert not same("a", "b", tolerance=1e-6)
    assert not same(True, 1)
    assert near([100000000.25], [100000000.2500001])
    assert not near([1.0], [1.1])


def problem(signature_types: tuple[str, ...], **row) -> Problem:
    return Problem(1, {"name": "x", **row}, "", "", signature_types, ("numbers",))


@pytest.mark.parametrize(
    ("case", "found", "reason"),
    [
        ({"in": [[1, 2]], "out": {"$tuple": [3, 2]}}, ([[1, 2]], [3, 2], False), None),
        ({"in": [[1.5]], "out": [1, 1], "base": 1}, None, "does not fit the types"),
        ({"in": [[True]], "out": [1, 1]}, None, "does not fit the types"),
        ({"in": [[2**60]], "out": [1, 1]}, None, "does not fit the types"),
        ({"in": [[7]], "out": [7, 7]}, None, "breaks a precondition"),
        ({"in": [[1], 2], "out": [1, 1]}, None, "other number of arguments"),
        ({"in": [[]], "out": []}, None, "nothing to do"),
    ],
)
def test_source_cases_that_do_not_fit_are_left_out_with_the_reason(case, found, reason):
    rules = {"require": "7 not in numbers", "drop": [{"when": "out == []", "why": "nothing to do"}]}
    cases = source_cases(problem(("List<Long>", "List<Long>"), **rules), {1: [case]})
    assert cases.found == ([found] if found else [])
    assert dict(cases.left_out) == ({reason: 1} if reason else {})


def test_source_cases_are_adapted():
    adapt = {"args": "[[str(v) for v in args[0]]]", "expect": "[v + 1 for v in out]"}
    cases = source_cases(problem(("List<String>", "List<Long>"), adapt=adapt), {1: [{"in": [[1]], "out": [2]}]})
    assert cases.found == [([["1"]], [3], False)]


@pytest.mark.skipif("humaneval-zh" not in suite_names(), reason="the suite is not built yet")
def test_both_references_pass_every_test_of_the_packaged_suite():
    tasks = {task.meta["humaneval"]: task for task in load_suite("humaneval-zh").tasks}
    pairs = []
    for one in read_problems():
        task = tasks.pop(f"HumanEval/{one.number}")
        assert len(task.tests) >= 20
        assert task.instruction == one.row["instruction"].strip(), f"{one.number}: build the suite again"
        assert one.a.split() != one.b.split()
        pairs += [(task, Solution(task.id, text)) for text in (one.a, one.b)]
    assert not tasks
    assert [verdict.task for verdict in judge_many(pairs, 2) if not verdict.passed] == []

"""pass@k, intervals, paired differences, the funnel."""

from itertools import combinations

import pytest

from naslforge.evals.causes import cause, causes
from naslforge.evals.metrics import bootstrap, detectable, funnel, paired_difference, pass_at_k, rate, score
from naslforge.records import Task, Verdict


def task(name: str) -> Task:
    return Task.from_json(
        {"id": name, "sublanguage": "base", "instruction": "求和", "entry": "app.logics.f", "tests": [{"args": []}]}
    )


def verdict(name: str, sample: int, status: str, code: str = "") -> Verdict:
    span = {"file": "solution.ts", "start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 2}}
    found = [{"code": code, "name": "x", "severity": "error", "message": "no", "span": span}] if code else []
    return Verdict(name, sample, status, found)


@pytest.mark.parametrize(("samples", "passed", "k"), [(5, 0, 1), (5, 2, 1), (5, 2, 3), (6, 4, 5), (5, 5, 5)])
def test_pass_at_k_is_the_share_of_all_draws_that_hold_a_pass(samples: int, passed: int, k: int) -> None:
    draws = list(combinations(range(samples), k))
    assert pass_at_k(samples, passed, k) == pytest.approx(sum(min(d) < passed for d in draws) / len(draws))


def test_pass_at_k_refuses_more_than_there_are() -> None:
    with pytest.raises(ValueError, match="pass@5 needs at least 5"):
        pass_at_k(3, 1, 5)


def test_bootstrap_repeats_and_covers_the_mean() -> None:
    values = [0.0] * 30 + [1.0] * 70
    estimate = bootstrap(values, seed=3)
    assert estimate == bootstrap(values, seed=3)
    assert estimate.value == 0.7
    assert 0.58 < estimate.low < 0.65 and 0.75 < estimate.high < 0.82  # +- 1.96 * sqrt(0.7 * 0.3 / 100)


def test_a_paired_difference_is_narrower_than_two_intervals() -> None:
    before = {f"t{i}": float(i % 2) for i in range(60)}
    after = {name: min(1.0, value + (0.2 if int(name[1:]) % 3 == 0 else 0)) for name, value in before.items()}
    gain = paired_difference(before, after)
    alone = bootstrap(list(before.values()))
    assert gain.low > 0 and gain.high - gain.low < alone.high - alone.low


def test_the_funnel_counts_what_came_past_each_step() -> None:
    statuses = ["syntax_error", "type_error", "practice_error", "runtime_error", "wrong_answer", "passed", "passed"]
    found = funnel([verdict("a", i, s) for i, s in enumerate(statuses)])
    assert [round(7 * v) for v in found.values()] == [6, 5, 4, 3, 2]


def test_failures_are_counted_by_rule_once_a_sample() -> None:
    verdicts = [
        verdict("a", 0, "type_error", "NF201"),
        verdict("a", 1, "type_error", "NF201"),
        verdict("a", 2, "passed"),
    ]
    scores = score([task("a")], verdicts)
    assert scores.rules == {"NF201 x": 2}
    assert scores.per_task == {"a": pytest.approx(1 / 3)}
    assert scores.invalid is None


def test_a_run_in_which_our_machinery_failed_is_no_score() -> None:
    assert "sandbox_error" in str(score([task("a")], [verdict("a", 0, "sandbox_error")]).invalid)
    uneven = [verdict("a", 0, "passed"), verdict("a", 1, "passed"), verdict("b", 0, "passed")]
    assert "not complete" in str(score([task("a"), task("b")], uneven).invalid)


def test_failures_are_put_in_classes_with_examples() -> None:
    verdicts = [
        verdict("a", 0, "type_error", "NF202"), verdict("a", 1, "type_error", "NF407"),
        verdict("b", 0, "syntax_error", "NF113"), verdict("b", 1, "wrong_answer"), verdict("c", 0, "step_limit"),
        verdict("c", 1, "passed"),
    ]  # fmt: skip
    found = {c.name: (c.samples, c.tasks) for c in causes(verdicts)}
    assert found == {"invented function": (2, 1), "syntax habit": (1, 1), "wrong logic": (1, 1), "limits": (1, 1)}
    assert causes(verdicts)[0].examples == [{"task": "a", "sample": 0, "status": "type_error", "what": "NF202 no"}]


def test_the_first_error_in_the_text_gives_the_class() -> None:
    late, early = verdict("a", 0, "type_error", "NF308"), verdict("a", 0, "type_error", "NF203")
    late.diagnostics[0]["span"]["start"]["line"] = 9
    both = Verdict("a", 0, "type_error", late.diagnostics + early.diagnostics)
    assert cause(both) == "wrong namespace"


def test_a_smaller_spread_shows_a_smaller_difference() -> None:
    before = {str(i): 0.0 for i in range(100)}
    even = {task: 0.1 + 0.001 * int(task) for task in before}
    uneven = {task: float(int(task) % 2) for task in before}
    assert detectable(before, even) < 0.01 < 0.13 < detectable(before, uneven) < 0.15
    assert detectable({"a": 0.0}, {"a": 1.0}) == float("inf")


def test_a_score_of_all_or_nothing_is_not_certain() -> None:
    everything, nothing = rate([1.0] * 28), rate([0.0] * 28)
    assert everything.value == everything.high == 1.0 and 0.876 < everything.low < 0.878
    assert nothing.value == nothing.low == 0.0 and abs(nothing.high - (1 - everything.low)) < 1e-9
    assert rate([1.0, 0.0, 1.0], 3) == bootstrap([1.0, 0.0, 1.0], 3)
    assert rate([0.5, 0.5]) == bootstrap([0.5, 0.5])
    assert rate([]) == bootstrap([])

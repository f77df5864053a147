"""pass@k, intervals, paired differences, the funnel."""

from itertools import combinations

import pytest

from naslforge.evals.metrics import bootstrap, funnel, paired_difference, pass_at_k, score
from naslforge.records import Task, Verdict


def task(name: str) -> Task:
    return Task.from_json(
        {"id": name, "sublanguage": "base", "instruction": "求和", "entry": "app.logics.f", "tests": [{"args": []}]}
    )


def verdict(name: str, sample: int, status: str, code: str = "") -> Verdict:
    found = [{"code": code, "name": "x", "severity": "error"}] if code else []
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

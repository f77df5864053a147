"""Nothing that a program or a test can do hurts the next one: each attack ends in its verdict, within its limits."""

from collections import Counter

import pytest

from naslforge.judge import judge_many
from naslforge.records import Solution, Verdict
from tests.hostile import Hostile, hostile, logic, task

ATTACKS = list(hostile())
GOOD = task("a: Long, b: Long", tests=[{"args": [1, 2], "expect": 3}])
GOOD_SOURCE = logic("return a + b;", "a: Long, b: Long")


def test_there_are_enough_attacks_of_every_class() -> None:
    assert len(ATTACKS) >= 200 and len(Counter(attack.kind for attack in ATTACKS)) == 12


@pytest.mark.parametrize("kind", sorted({attack.kind for attack in ATTACKS}))
def test_every_attack_ends_in_its_verdict(kind: str) -> None:
    attacks = [attack for attack in ATTACKS if attack.kind == kind]
    pairs = []
    for attack in attacks:
        pairs += [(attack.task, Solution("hostile", attack.source)), (GOOD, Solution("hostile", GOOD_SOURCE))]
    verdicts = list(judge_many(pairs, 1, limits=attacks[0].limits))
    wrong = [_told(attack, verdict) for attack, verdict in zip(attacks, verdicts[::2], strict=True)
             if verdict.status not in attack.statuses]  # fmt: skip
    assert wrong == []
    disturbed = [(attack.name, verdict.status) for attack, verdict in zip(attacks, verdicts[1::2], strict=True)
                 if not verdict.passed]  # fmt: skip
    assert disturbed == []
    assert {verdict.steps for verdict in verdicts[1::2]} == {verdicts[1].steps}


def _told(attack: Hostile, verdict: Verdict) -> tuple[str, str, str]:
    return attack.name, verdict.status, str([d["message"] for d in verdict.diagnostics][:1])[:200]

"""Nothing that a program or a test can do hurts the next one: each attack ends in its verdict, within its limits.

    python -m tests.test_hostile

prints the attacks by class and outcome.
"""

from collections import Counter
from typing import Any

import pytest

from naslforge.judge import job_of
from naslforge.run import Sandbox
from tests.hostile import Hostile, hostile, logic, task

ATTACKS = list(hostile())
KINDS = sorted({attack.kind for attack in ATTACKS})
GOOD = job_of(
    task("a: Long, b: Long", tests=[{"args": [1, 2], "expect": 3}]), logic("return a + b;", "a: Long, b: Long")
)
MORE = 200  # milliseconds beyond the limit: of the worker's processor time, which waiting does not lengthen


def test_there_are_enough_attacks_of_every_class() -> None:
    assert len(ATTACKS) >= 200 and len(Counter(attack.kind for attack in ATTACKS)) == 12


@pytest.mark.parametrize("kind", KINDS)
def test_every_attack_ends_in_its_verdict(kind: str) -> None:
    """With a good program after each, which must not notice."""
    with Sandbox(1) as box:
        alone = _shown(box.run(GOOD))
        assert alone["status"] == "passed"
        for attack in (attack for attack in ATTACKS if attack.kind == kind):
            answer = attacked(box, attack)
            assert answer["status"] in attack.statuses, (attack.name, answer)
            runs = 1 + len(attack.task.tests)  # the check has the limit, and so has every test
            assert answer["processor_milliseconds"] < runs * attack.limits.seconds * 1000 + MORE, (attack.name, answer)
            assert _shown(box.run(GOOD)) == alone, attack.name


def attacked(box: Sandbox, attack: Hostile) -> dict[str, Any]:
    """The worker's answer to an attack."""
    return box.run(job_of(attack.task, attack.source, attack.limits))


def _shown(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if "milliseconds" not in key}


def table() -> None:
    """Print the attacks by class and outcome."""
    with Sandbox(1) as box:
        for kind in KINDS:
            answers = [attacked(box, attack) for attack in ATTACKS if attack.kind == kind]
            longest = max(answer["processor_milliseconds"] for answer in answers)
            found = Counter(answer["status"] for answer in answers)
            outcomes = ", ".join(f"{status} {count}" for status, count in found.most_common())
            print(f"{kind:15} {len(answers):4}  longest {longest:5.0f} ms  {outcomes}")


if __name__ == "__main__":
    table()

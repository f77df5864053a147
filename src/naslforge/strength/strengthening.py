"""Tasks with the tests that were missing: the fewest small worlds in which every neighbour of the reference fails.

Mutants of the reference that pass the task's tests are run on generated inputs. Of the inputs that tell one apart, a
greedy cover is kept and then made smaller, row by row, as long as it still tells the same ones apart.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from naslforge.judge import judge
from naslforge.lang import Mutant
from naslforge.records import Task, Test, Verdict
from naslforge.run import Limits
from naslforge.strength.candidates import Candidates, cost, smaller, without
from naslforge.strength.fates import mutants_of
from naslforge.strength.inputs import generated_inputs

INPUTS = 240
ROUND = 60  # inputs tried before looking who is left
FRUITLESS = 2  # rounds that tell nobody apart, after which the rest counts as equivalent
_LIMITS = Limits(steps=200_000)


@dataclass(frozen=True, slots=True)
class Strengthened:
    """A task with added tests, and how many of the mutants that can be told apart fail before and after."""

    task: Task
    added: int = 0
    real: int = 0
    before: int = 0
    after: int = 0
    left: tuple[Mutant, ...] = field(default=())  # told apart, but by no test that is kept

    def to_json(self) -> dict[str, Any]:
        return {"task": self.task.id, "added": self.added, "real": self.real, "before": self.before,
                "after": self.after}  # fmt: skip


def strengthened(
    tasks: Iterable[Task], workers: int = 1, seed: int = 0, inputs: int = INPUTS
) -> Iterator[Strengthened]:
    """Every task in order, with the tests that its own ones lack; the same seed gives the same tests.

    A task without reference, or with steps instead of arguments, comes back as it is. Raises ValueError for a
    reference that does not pass.
    """
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda task: strengthen(task, seed, inputs), tasks)


def strengthen(task: Task, seed: int = 0, inputs: int = INPUTS) -> Strengthened:
    """One task with the tests that were missing."""
    found = mutants_of(task)
    if not found or all(test.args is None for test in task.tests):
        return Strengthened(task)
    if not _passes(task, task.meta["reference"]):
        raise ValueError(f"{task.id}: the reference does not pass the task's tests")
    alive = {i: mutant.text for i, mutant in enumerate(found) if _passes(task, mutant.text)}
    killed = len(found) - len(alive)
    search = _Search(task, alive)
    search.run(random.Random(f"{seed} {task.id}"), inputs)
    added = [search.shrunk(test, prey) for test, prey in search.cover()]
    bigger = replace(task, tests=[*task.tests, *added])
    told = set().union(*search.prey) if search.prey else set()
    left = {i for i in told if _passes(bigger, alive[i])} if added else told
    real = killed + len(told)
    return Strengthened(bigger, len(added), real, killed, real - len(left), tuple(found[i] for i in sorted(left)))


def _passes(task: Task, source: str) -> bool:
    return _judged(task, source).passed


def _judged(task: Task, source: str) -> Verdict:
    """A verdict that says something about the program."""
    verdict = judge(task, source, limits=_LIMITS)
    if verdict.status == "sandbox_error":
        raise RuntimeError(f"{task.id}: the sandbox failed on a mutant")
    return verdict


class _Search:
    """Candidates for one task and the mutants that each tells apart."""

    def __init__(self, task: Task, alive: dict[int, str]):
        self.task, self.alive = task, alive
        self.maker = Candidates(task, _LIMITS) if alive else None
        self.tests: list[Test] = []
        self.prey: list[frozenset[int]] = []  # of each test, the mutants that fail it

    def run(self, rng: random.Random, inputs: int) -> None:
        """Try inputs until every mutant is told apart, or some rounds told nobody apart."""
        left, fruitless = set(self.alive), 0
        stream = generated_inputs(self.task, rng, inputs)
        while left and fruitless < FRUITLESS:
            given = [one for one, _ in zip(stream, range(ROUND), strict=False)]
            if not given:
                return
            tests = [test for test in self._tests(given) if test is not None]
            prey = self.hunted(tests, sorted(left))
            self.tests += tests
            self.prey += prey
            found = set().union(*prey) if prey else set()
            fruitless = 0 if found else fruitless + 1
            left -= found

    def _tests(self, inputs: Sequence[dict[str, Any]]) -> list[Test | None]:
        assert self.maker is not None
        return self.maker.of(inputs)

    def hunted(self, tests: Sequence[Test], mutants: Sequence[int]) -> list[frozenset[int]]:
        """For each test the mutants that fail it; none for a test that the reference itself fails."""
        if not tests:
            return []
        task = replace(self.task, tests=list(tests))
        sound = self._failed(task, self.task.meta["reference"])
        failed = {i: self._failed(task, self.alive[i]) for i in mutants}
        return [frozenset(i for i in mutants if at in failed[i] and at not in sound) for at in range(len(tests))]

    def _failed(self, task: Task, source: str) -> set[int]:
        verdict = _judged(task, source)
        return {at for at, test in enumerate(verdict.tests) if test.status != "passed"}

    def cover(self) -> list[tuple[Test, frozenset[int]]]:
        """Few and small tests that together tell apart all that can be, each with those that only it has to."""
        left = set().union(*self.prey) if self.prey else set()
        order = sorted(range(len(self.tests)), key=lambda at: (cost(self.tests[at]), at))
        chosen: list[int] = []
        while left:
            best = max(order, key=lambda at: len(self.prey[at] & left))
            chosen.append(best)
            left -= self.prey[best]
        for at in list(chosen):  # an early choice may have become needless
            others = set().union(*(self.prey[other] for other in chosen if other != at))
            if self.prey[at] <= others:
                chosen.remove(at)
        found: list[tuple[Test, frozenset[int]]] = []
        told: set[int] = set()
        for at in chosen:
            found.append((self.tests[at], frozenset(self.prey[at] - told)))
            told |= self.prey[at]
        return found

    def shrunk(self, test: Test, prey: frozenset[int]) -> Test:
        """The test without the rows that its prey does not need."""
        variants = list(smaller(test))
        free = [
            row for (row, _), fits in zip(variants, self._still([v for _, v in variants], prey), strict=True) if fits
        ]
        more = [without(test, free[:count]) for count in range(len(free), 0, -1)]
        for found in self._still(more, prey):
            if found:
                return found
        return test

    def _still(self, inputs: Sequence[dict[str, Any]], prey: frozenset[int]) -> list[Test | None]:
        """The test of each input where it still tells all the prey apart."""
        tests = self._tests(inputs) if inputs else []
        known = [test for test in tests if test is not None]
        caught = dict(zip(map(id, known), self.hunted(known, sorted(prey)), strict=True))
        return [test if test is not None and caught[id(test)] >= prey else None for test in tests]

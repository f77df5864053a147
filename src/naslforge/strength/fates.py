"""How strong the tests of a task are: what share of small faults in its reference they notice.

A mutant that passes all tests is run beside the reference on generated inputs. Where both do the same on every input
it counts as equivalent and apart; where they differ, the input is a test that is missing.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from naslforge.judge import judge_many, observe_many
from naslforge.lang import Mutant, Source, mutants
from naslforge.records import Solution, Task
from naslforge.run import Limits, canonical
from naslforge.strength.inputs import generated_inputs

INPUTS = 200
_LIMITS = Limits(steps=200_000)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: `killed` by the tests with these numbers, `equivalent`, or `survived` with a witness."""

    mutant: Mutant
    status: str
    killed_by: tuple[int, ...] = ()
    witness: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        place = self.mutant.span.source.position(self.mutant.span.start)
        told = {"kind": self.mutant.kind, "line": place.line, "before": self.mutant.before, "after": self.mutant.after}
        return told | {"status": self.status, "killed_by": list(self.killed_by), "witness": self.witness}


@dataclass(slots=True)
class Strength:
    """The mutants of one task and their fate."""

    task: str
    fates: list[Fate] = field(default_factory=list)

    def count(self, status: str) -> int:
        return sum(fate.status == status for fate in self.fates)

    @property
    def score(self) -> float:
        """Killed among those that are not equivalent; 1 where there is none."""
        real = len(self.fates) - self.count("equivalent")
        return self.count("killed") / real if real else 1.0

    def to_json(self) -> dict[str, Any]:
        numbers = {status: self.count(status) for status in ("killed", "survived", "equivalent")}
        fates = [fate.to_json() for fate in self.fates]
        return {"task": self.task, "score": round(self.score, 4), **numbers, "mutants": fates}


def strengths(tasks: Iterable[Task], workers: int = 1, seed: int = 0, inputs: int = INPUTS) -> Iterator[Strength]:
    """The strength of every task that has a reference in `meta`, in order. Raises ValueError for a wrong reference.

    A task without mutants (no reference, nothing to change) is left out.
    """
    pairs = ((task, mutant) for task in tasks for mutant in mutants_of(task))
    fates = _fates(pairs, workers, seed, inputs)
    for task, found in groupby(fates, key=lambda pair: pair[0]):
        yield Strength(task, [fate for _, fate in found])


def mutants_of(task: Task) -> list[Mutant]:
    """The mutants of a task's reference; none where it has no reference."""
    reference = task.meta.get("reference")
    given = (Source("context.ts", task.context, context=True),) if task.context else ()
    return mutants(Source("reference.ts", reference), given) if reference else []


def _fates(pairs: Iterable[tuple[Task, Mutant]], workers: int, seed: int, inputs: int) -> Iterator[tuple[str, Fate]]:
    waiting: list[tuple[Task, Mutant]] = []

    def solutions() -> Iterator[tuple[Task, Solution]]:
        for task, mutant in pairs:
            waiting.append((task, mutant))
            yield task, Solution(task.id, mutant.text, "mutant")

    # Judged and observed in turns: the next verdicts come while the survivors of these are looked at.
    for verdict in judge_many(solutions(), workers, limits=_LIMITS):
        task, mutant = waiting.pop(0)
        if verdict.status == "sandbox_error":
            raise RuntimeError(f"{task.id}: the sandbox failed on a mutant")
        if not verdict.passed:
            numbers = tuple(i for i, test in enumerate(verdict.tests) if test.status != "passed")
            yield task.id, Fate(mutant, "killed", numbers)
        else:
            # No inputs are generated for the steps of a page: whoever survives there is not excused as equivalent.
            paged = any(test.steps is not None for test in task.tests)
            witness = None if paged else _difference(task, mutant, random.Random(f"{seed} {task.id}"), inputs)
            yield task.id, Fate(mutant, "survived" if witness or paged else "equivalent", (), witness)


def _difference(task: Task, mutant: Mutant, rng: random.Random, count: int) -> dict[str, Any] | None:
    """The first generated input on which the mutant does something else than the reference, which must not fail."""
    given = list(generated_inputs(task, rng, count))
    right, other = observe_many([(task, task.meta["reference"]), (task, mutant.text)], given, _LIMITS)
    ordered = all(test.ordered for test in task.tests)
    for one, a, b in zip(given, right, other, strict=True):
        if a is None or a["status"] != "passed":
            continue  # outside what the reference is defined for
        if b is None or canonical(a, ordered) != canonical(b, ordered):
            return one
    return None

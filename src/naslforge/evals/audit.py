"""A suite to the evidence that its tests can be trusted: references pass, mutants are noticed, impostors fail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from naslforge.evals.suite import Suite
from naslforge.judge import judge_many
from naslforge.records import Solution
from naslforge.strength import fooled, strengths

LEAST, MEDIAN = 0.90, 0.97  # of the non-equivalent mutants, for every task and for the suite
_PROGRESS = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Audited:
    """One task: its tests, the verdict on its reference, the fate of the reference's mutants, impostors that pass."""

    task: str
    tests: int
    reference: str
    mutants: int
    equivalent: int
    killed: int
    fooled_by: tuple[str, ...] = ()
    survivors: tuple[dict[str, Any], ...] = ()

    @property
    def score(self) -> float:
        """The share of non-equivalent mutants killed; 1 where there is none."""
        real = self.mutants - self.equivalent
        return self.killed / real if real else 1.0

    @property
    def fault(self) -> str | None:
        """Why the task's tests cannot be trusted, None where they can."""
        if self.reference != "passed":
            return f"its reference is {self.reference}"
        if self.fooled_by:
            return f"passed by {', '.join(self.fooled_by)}"
        return f"kills {self.score:.0%} of the mutants" if self.score < LEAST else None

    def to_json(self) -> dict[str, Any]:
        return {
            "task": self.task, "tests": self.tests, "reference": self.reference, "mutants": self.mutants,
            "equivalent": self.equivalent, "killed": self.killed, "score": round(self.score, 4),
            "fooled_by": list(self.fooled_by), "fault": self.fault,
        }  # fmt: skip


def audit(suite: Suite, workers: int = 1, seed: int = 0, progress: _PROGRESS = lambda *_: None) -> list[Audited]:
    """Every task of a suite, in order; a task without a reference has the status `missing`."""
    with_reference = [task for task in suite.tasks if task.id in suite.references]
    pairs = [(task, suite.references[task.id]) for task in with_reference]
    verdicts = judge_many(((task, Solution(task.id, source)) for task, source in pairs), workers)
    status = {task.id: verdict.status for task, verdict in zip(with_reference, verdicts, strict=True)}
    sound = [replace(t, meta={**t.meta, "reference": r}) for t, r in pairs if status[t.id] == "passed"]
    impostors = fooled(((task, suite.references[task.id]) for task in sound), workers)
    fates = {}
    for done, strength in enumerate(strengths(sound, workers, seed), 1):
        fates[strength.task] = strength
        progress("mutants", done, len(sound))
    rows = []
    for task in suite.tasks:
        found = fates.get(task.id)
        survived = tuple(f.to_json() for f in found.fates if f.status == "survived") if found else ()
        rows.append(Audited(
            task.id, len(task.tests), status.get(task.id, "missing"),
            mutants=len(found.fates) if found else 0,
            equivalent=found.count("equivalent") if found else 0,
            killed=found.count("killed") if found else 0,
            fooled_by=tuple(impostors.get(task.id, ())), survivors=survived,
        ))  # fmt: skip
    return rows


def summary(rows: list[Audited]) -> dict[str, Any]:
    """The line of a suite in the table of suites."""
    scores = [row.score for row in rows] or [0.0]
    return {
        "tasks": len(rows),
        "tests": sum(row.tests for row in rows),
        "tests_least": min((row.tests for row in rows), default=0),
        "mutants": sum(row.mutants for row in rows),
        "mutation_median": round(median(scores), 4),
        "mutation_least": round(min(scores), 4),
        "references_passed": sum(row.reference == "passed" for row in rows),
        "faulty": [f"{row.task}: {row.fault}" for row in rows if row.fault],
    }

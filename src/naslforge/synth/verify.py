"""The references that collectors write, through the judge: what does not pass is dropped with its verdict."""

from collections import deque
from collections.abc import Iterator

from naslforge.judge import judge_many
from naslforge.records import Solution, Task, Verdict
from naslforge.synth.collect import Collected


def verified(found: Collected, workers: int = 1) -> Iterator[Task]:
    """The tasks whose `meta.reference` judges passed; the others are counted in `found`. Tasks without one pass."""
    waiting: deque[Task] = deque()

    def pairs() -> Iterator[tuple[Task, Solution]]:
        for task in found:
            waiting.append(task)
            yield task, Solution(task.id, task.meta.get("reference", ""), "reference")

    for verdict in judge_many(pairs(), workers):
        task = waiting.popleft()
        if verdict.passed or "reference" not in task.meta:
            yield task
        else:
            found.kept -= 1
            found.drop(f"reference: {why(verdict)}", task.id)


def why(verdict: Verdict) -> str:
    """The status with the first rule that was broken, for counting."""
    codes = [str(d.get("code")) for d in verdict.diagnostics]
    return f"{verdict.status} ({codes[0]})" if codes else verdict.status

"""Answers that know nothing of the task: nothing at all, an empty body, a constant, the answer to another task."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from naslforge.judge import judge_many
from naslforge.records import ABSENT, Solution, Task
from naslforge.strength.shape import posing_as, shape

_USUAL: tuple[Any, ...] = (True, False, 0, 1, -1, "", None, [])
_MOST_CONSTANTS = 24


@dataclass(frozen=True, slots=True)
class Impostor:
    """A wrong answer by construction; `name` says what it is."""

    name: str
    task: Task
    source: str


def impostors(task: Task, reference: str, others: Sequence[tuple[Task, str]]) -> Iterator[Impostor]:
    """All impostors of one task; `others` are tasks with their references, `task` itself may be among them."""
    yield Impostor("empty answer", task, "")
    found = shape(task, reference)
    if found is None:
        return
    yield Impostor("empty body", task, _body(task, found.head, ""))
    for value in _constants(task):
        literal = json.dumps(value, ensure_ascii=False)
        yield Impostor(f"constant {literal}", task, _body(task, found.head, f"return {literal};"))
    for other, source in others:
        if other.id != task.id and other.context == task.context:
            theirs = shape(other, source)
            if theirs is not None and theirs.types == found.types:
                bare, text = posing_as(task, other, source)
                yield Impostor(f"answer to {other.id}", bare, text)


def fooled(pairs: Iterable[tuple[Task, str]], workers: int = 1) -> dict[str, list[str]]:
    """By task, the impostors that pass its tests. Every task of `pairs` comes with its reference."""
    known = list(pairs)
    posers = [impostor for task, reference in known for impostor in impostors(task, reference, known)]
    verdicts = judge_many(((p.task, Solution(p.task.id, p.source)) for p in posers), workers)
    found: dict[str, list[str]] = {task.id: [] for task, _ in known}
    for poser, verdict in zip(posers, verdicts, strict=True):
        if verdict.passed:
            found[poser.task.id].append(poser.name)
    return found


def _constants(task: Task) -> Iterator[Any]:
    """Plain values, the usual ones first, then those that the tests expect."""
    seen: set[str] = set()
    for value in (*_USUAL, *(t.expect for t in task.tests if t.expect is not ABSENT)):
        text = json.dumps(value, ensure_ascii=False)
        if text not in seen and len(seen) < _MOST_CONSTANTS and not _nested(value):
            seen.add(text)
            yield value


def _nested(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def _body(task: Task, head: str, statement: str) -> str:
    namespace = task.entry.rpartition(".")[0]
    return f"export namespace {namespace} {{\n{head} {{\n{statement}\n}}\n}}\n"

"""Passed solutions to training data: filter by rules, keep evaluation out, drop duplicates, mix, write the records."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from naslforge import lang, solve
from naslforge.records import Attempt, Example, Pair, Solution, Task
from naslforge.strength import strengths
from naslforge.synth.decontaminate import Evaluation, Leak, behaves_alike, program_key

Tell = Callable[..., None]
LONGEST_SOURCE = 8000
LONGEST_TASK = 8000
SPECIAL_CASES = 2  # texts of tests in a program from which on it answers the tests, not the task


@dataclass(slots=True)
class Selected:
    """Examples in their final order, the pairs of the same tasks, and what was dropped by reason."""

    examples: list[Example] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    leaks: list[dict[str, str]] = field(default_factory=list)


def select(
    tasks: Iterable[Task], solutions: Iterable[Solution], *, evaluation: Iterable[Task] = (),
    measured: Iterable[Task] = (), held_out: Iterable[Task] = (), workers: int = 1,
    style: str = solve.MANUAL, mix: Mapping[str, float] | None = None, limit: int | None = None,
    seed: int = 0, strength: float = 0.0, progress: Tell = lambda *_: None,
) -> Selected:  # fmt: skip
    """Examples from solutions that have passed the gate.

    `mix` gives the share of groups, named `sublanguage`, `difficulty` or `sublanguage/difficulty`; without it the
    groups keep the shares they have. The order is a mixed one and depends on nothing but the seed.

    Nothing shares words, tests or program with a task of `evaluation`, nor its behaviour with one of `measured`. From
    `held_out`, which is like the training tasks by design, only copies are kept away. Where `strength` is asked for,
    the tests of a task must notice that share of the mutants of its answer: what weak tests let pass may be wrong.
    """
    by_id = {task.id: task for task in tasks}
    measured = list(measured)
    guards = Evaluation([*evaluation, *measured]), Evaluation(held_out, reworded=False)
    out = Selected()
    seen: set[tuple[str | None, str]] = set()
    kept: list[tuple[Task, Solution]] = []
    solutions = list(solutions)
    for done, solution in enumerate(solutions, 1):
        task = by_id[solution.task]
        key = (task.signature, program_key(solution.source))
        reason = fault(task, solution.source)
        leaks = (guard.leak(task, solution.source) for guard in guards) if reason is None else ()
        if leak := next(filter(None, leaks), None):
            reason = _leaked(out, solution, leak)
        if reason is None and key in seen:
            reason = "duplicate: same program up to names"
        if reason:
            out.dropped[reason] += 1
        else:
            seen.add(key)
            kept.append((task, solution))
        progress(done, len(solutions), "select")
    alike = behaves_alike([(task, s.source) for task, s in kept], measured, workers) if measured else {}
    for number, leak in alike.items():
        out.dropped[_leaked(out, kept[number][1], leak)] += 1
    kept = [pair for number, pair in enumerate(kept) if number not in alike]
    if strength:
        kept, weak = _trusted(kept, strength, workers, seed)
        out.dropped.update({"tests: notice too few faults of the answer": weak} if weak else {})
    mixed = mix_groups(kept, mix, limit, seed)
    if len(mixed) < len(kept):
        out.dropped["over the share of its group"] += len(kept) - len(mixed)
    counts: Counter[str] = Counter()
    for task, solution in mixed:
        out.examples.append(example(task, solution, counts[task.id], style))
        counts[task.id] += 1
    return out


def _trusted(
    kept: list[tuple[Task, Solution]], least: float, workers: int, seed: int
) -> tuple[list[tuple[Task, Solution]], int]:
    """The answers whose tests notice enough of their mutants, and the number of the others."""
    numbered = (
        replace(task, id=str(n), meta={**task.meta, "reference": solution.source})
        for n, (task, solution) in enumerate(kept)
    )
    weak = {int(one.task) for one in strengths(numbered, workers, seed) if one.score < least}
    return [pair for n, pair in enumerate(kept) if n not in weak], len(weak)


def _leaked(out: Selected, solution: Solution, leak: Leak) -> str:
    """Write down a leak; gives the reason to drop the solution."""
    out.leaks.append({"task": solution.task, **leak.to_json()})
    return leak.reason


def example(task: Task, solution: Solution, number: int = 0, style: str = solve.MANUAL) -> Example:
    """The conversation that teaches this solution, in canonical text."""
    source = lang.format_source(solution.source)
    answer = {"role": "assistant", "content": solve.expected_answer(task, source, style)}
    messages = [*solve.messages(task, style=style), answer]
    return Example(f"{task.id}#{number}", messages, _meta(task, solution.model))


def pairs(task: Task, attempts: Sequence[Attempt], style: str = solve.MANUAL) -> list[Pair]:
    """The passed attempt preferred to each different one that failed."""
    passed = [a for a in attempts if (a.verdict or {}).get("status") == "passed"]
    failed = {a.source: a for a in attempts if (a.verdict or {}).get("status") not in ("passed", "sandbox_error")}
    if not passed:
        return []
    prompt = solve.messages(task, style=style)

    def said(source: str) -> list[dict[str, str]]:
        return [{"role": "assistant", "content": solve.expected_answer(task, lang.format_source(source), style)}]

    chosen = passed[0]
    return [
        Pair(
            f"{task.id}#{i}",
            prompt,
            said(chosen.source),
            said(loser.source),
            {**_meta(task, chosen.model), "rejected": _status(loser)},
        )
        for i, loser in enumerate(failed.values())
        if loser.source.strip()
    ]


def _status(attempt: Attempt) -> str:
    return (attempt.verdict or {}).get("status", "")


def _meta(task: Task, model: str) -> dict[str, Any]:
    taken = {k: task.meta[k] for k in ("source", "license", "difficulty", "family", "domain") if k in task.meta}
    return {"task": task.id, "sublanguage": task.sublanguage, "model": model} | taken


# --- rule filters


def fault(task: Task, source: str) -> str | None:
    """Why a solution that passes is no good example, or None."""
    if len(source) > LONGEST_SOURCE:
        return "filter: program too long"
    if len(task.instruction) + len(task.context) > LONGEST_TASK:
        return "filter: task too long"
    if "nasl.util.consoleLog" in source or ("nasl.logging" in source and "日志" not in task.instruction):
        return "filter: writes logs that nobody asked for"
    if re.search(r"\b(?:TODO|FIXME|placeholder)\b", source):
        return "filter: unfinished"
    if _answers_tests(task, source):
        return "filter: answers the tests, not the task"
    return None


def _answers_tests(task: Task, source: str) -> bool:
    """Does the program spell out texts that stand nowhere but in the tests?"""
    told = task.instruction + (task.instruction_en or "") + task.context + (task.signature or "")
    texts = {text for test in task.tests for text in _texts(test.args) if len(text) >= 3 and text not in told}
    return sum(f"'{text}'" in source or f'"{text}"' in source for text in texts) >= SPECIAL_CASES


def _texts(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)


# --- mixing


def mix_groups(
    kept: Sequence[tuple[Task, Solution]], mix: Mapping[str, float] | None, limit: int | None, seed: int
) -> list[tuple[Task, Solution]]:
    """At most `limit` in a seeded order, each group of `mix` up to its share; groups not named share the rest."""
    order = sorted(kept, key=lambda pair: (pair[0].id, pair[1].source))
    random.Random(seed).shuffle(order)
    if not mix:
        return order[:limit]
    size = min(limit or len(order), *(_reach(order, name, share) for name, share in mix.items() if share > 0))
    room = {name: round(share * size) for name, share in mix.items()}
    rest = size - sum(room.values())
    chosen = []
    for pair in order:
        name = next((n for n in mix if _in_group(pair[0], n)), None)
        if name is None and rest > 0:
            rest -= 1
            chosen.append(pair)
        elif name is not None and room[name] > 0:
            room[name] -= 1
            chosen.append(pair)
    return chosen


def _reach(order: Sequence[tuple[Task, Solution]], name: str, share: float) -> int:
    """The greatest size of the mix in which a group can fill its share."""
    return int(sum(_in_group(task, name) for task, _ in order) / share)


def _in_group(task: Task, name: str) -> bool:
    mine = {task.sublanguage, str(task.meta.get("difficulty", ""))}
    return set(name.split("/")) <= mine

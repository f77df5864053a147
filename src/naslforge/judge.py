"""The one gate: a task and a source go in, a Verdict comes out, for data, reward and score alike.

The work is done in worker processes (room `run`); here tasks become jobs and answers become Verdicts.
"""

import atexit
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from naslforge.lang import Report, Source, Span, rules
from naslforge.records import Solution, Task, Verdict
from naslforge.run import Limits, Sandbox

SOLUTION = "solution.ts"  # what a diagnostic calls the author's source

_default: tuple[int, Sandbox] | None = None
_lock = threading.Lock()


def judge(task: Task, source: str, *, sample: int = 0, limits: Limits | None = None) -> Verdict:
    """The verdict on one source. Safe to call from many threads; they share a worker process."""
    return verdict_of(task, sample, _shared().run(job_of(task, source, limits)))


def judge_many(
    pairs: Iterable[tuple[Task, Solution]], workers: int = 1, *, limits: Limits | None = None
) -> Iterator[Verdict]:
    """The verdicts on many solutions, in their order, whatever the number of workers."""
    asked: deque[tuple[Task, int]] = deque()

    def jobs() -> Iterator[dict[str, Any]]:
        for task, solution in pairs:
            asked.append((task, solution.sample))
            yield job_of(task, solution.source, limits)

    with Sandbox(workers) as sandbox:
        for answer in sandbox.map(jobs()):
            yield verdict_of(*asked.popleft(), answer)


def observe_many(
    programs: Iterable[tuple[Task, str]], inputs: Sequence[dict[str, Any]], limits: Limits | None = None
) -> list[list[dict[str, Any] | None]]:
    """What each program does on each input (`args`, `world`): status, result, error, calls and rows, no judgement.

    None stands for an input that the task's entry cannot be called with. Raises ValueError for a wrong program.
    """
    found = []
    for task, source in programs:
        job = {**job_of(task, source, limits), "kind": "observe", "inputs": list(inputs)}
        answer = _shared().run(job)
        if "seen" not in answer:
            raise ValueError(f"{task.id}: {answer.get('message') or answer['status']}")
        found.append(answer["seen"])
    return found


def trace(task: Task, source: str, test: int, limits: Limits | None = None) -> list[dict[str, Any]]:
    """What a program did in one test, statement by statement: line and name of each, its value as short JSON.

    Nothing where the test has steps instead of arguments, or the program does not check.
    """
    given = task.tests[test]
    if given.args is None:
        return []
    sources = [{"name": "context.ts", "text": task.context, "context": True}, {"name": SOLUTION, "text": source}]
    job = {"kind": "run", "sources": sources, "entry": task.entry, "args": given.args, "world": task.world,
           "own": given.world, "trace": True}  # fmt: skip
    answer = _shared().run(job if limits is None else {**job, "limits": limits.to_json()})
    return [one for one in answer.get("trace", ()) if one["file"] == SOLUTION]


def _shared() -> Sandbox:
    """The sandbox of this process; a forked child makes its own."""
    global _default
    with _lock:
        if _default is None or _default[0] != os.getpid():
            sandbox = Sandbox(min(4, os.cpu_count() or 1))  # a second worker starts only when two threads ask at once
            atexit.register(sandbox.close)
            _default = (os.getpid(), sandbox)
        return _default[1]


def job_of(task: Task, source: str, limits: Limits | None = None) -> dict[str, Any]:
    """What a worker is asked, for callers that have a sandbox of their own."""
    job = {
        "kind": "judge",
        "sublanguage": task.sublanguage,
        "context": task.context,
        "entry": task.entry,
        "signature": task.signature,
        "world": task.world,
        "tests": [test.to_json() for test in task.tests],
        "source": source,
    }
    return job if limits is None else {**job, "limits": limits.to_json()}


def verdict_of(task: Task, sample: int, answer: dict[str, Any]) -> Verdict:
    """A worker's answer to such a job as a Verdict."""
    return Verdict(
        task=task.id,
        sample=sample,
        status=answer["status"],
        diagnostics=answer.get("diagnostics") or _words(answer),
        tests=answer.get("tests", []),
        steps=answer.get("steps", 0),
        milliseconds=answer.get("milliseconds", 0.0),
    )


def _words(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """A diagnostic for an answer that came without one: the worker died, was stopped, or we failed."""
    code = {"sandbox_error": "NF911", "time_limit": "NF903", "memory_limit": "NF902"}.get(answer["status"])
    if code is None:
        return []
    report = Report()
    report.add(rules()[code], Span(Source(SOLUTION, ""), 0, 0), message=answer.get("error") or answer.get("message"))
    return [diagnostic.to_json() for diagnostic in report.found]

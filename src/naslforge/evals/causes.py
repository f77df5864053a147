"""Why samples fail: every failed verdict in one class of causes, with examples.

The class of a program that did not pass the checker is that of its first error. The classes are ours; the first
five are those by which models without NASL in their training are known to fail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from naslforge.records import Verdict

_BY_RULE = (
    ("invented function", "NF202 NF405 NF407 NF511 NF731 NF743 NF825"),
    ("invented field", "NF204 NF212 NF308 NF725 NF727 NF730 NF749 NF514"),
    ("invented name", "NF200 NF201 NF205 NF207 NF500 NF700 NF702 NF703 NF704 NF729 NF742 NF748 NF805 NF830 NF831"),
    ("wrong namespace", "NF203 NF501 NF800 NF801 NF847"),
    ("habit of another language", "NF206 NF211 NF406 NF415 NF116 NF118 NF119"),
)
_BY_HUNDRED = {
    0: "page syntax", 1: "syntax habit", 2: "invented name", 3: "types", 4: "call arguments", 5: "query form",
    6: "best practice", 7: "page form", 8: "project form",
}  # fmt: skip
_BY_STATUS = {
    "wrong_answer": "wrong logic", "wrong_state": "wrong logic", "runtime_error": "run-time error",
    "missing_entry": "wrong entry", "forbidden": "forbidden", "step_limit": "limits", "memory_limit": "limits",
    "time_limit": "limits", "output_limit": "limits", "bad_task": "machinery", "sandbox_error": "machinery",
}  # fmt: skip
_CLASS = {code: name for name, codes in _BY_RULE for code in codes.split()}
EXAMPLES = 3


@dataclass(slots=True)
class Cause:
    """One class of causes: failed samples in it, and the first few of them."""

    name: str
    samples: int
    tasks: int
    examples: list[dict[str, Any]]


def cause(verdict: Verdict) -> str | None:
    """The class of a failed verdict, None of a passed one."""
    if verdict.passed:
        return None
    first = first_error(verdict)
    if verdict.status in _BY_STATUS or first is None:
        return _BY_STATUS.get(verdict.status, "syntax habit")
    code = str(first["code"])
    return _CLASS.get(code) or _BY_HUNDRED.get(int(code[2]), "other")


def causes(verdicts: Iterable[Verdict]) -> list[Cause]:
    """All classes that occur, the most frequent first."""
    members: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if name := cause(verdict):
            members.setdefault(name, []).append(verdict)
    found = [Cause(name, len(ones), len({v.task for v in ones}), _examples(ones)) for name, ones in members.items()]
    return sorted(found, key=lambda c: (-c.samples, c.name))


def first_error(verdict: Verdict) -> dict[str, Any] | None:
    """The error that stands first in the author's text."""
    errors = [d for d in verdict.diagnostics if d["severity"] == "error"]
    return min(errors, key=_place, default=None)


def _place(diagnostic: dict[str, Any]) -> tuple[int, int]:
    start = diagnostic["span"]["start"]
    return start["line"], start["column"]


def _examples(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """One sample of each of the first few tasks."""
    by_task = {v.task: v for v in reversed(verdicts)}
    told = []
    for verdict in list(reversed(by_task.values()))[:EXAMPLES]:
        error = first_error(verdict)
        test = next((t for t in verdict.tests if t.status != "passed"), None)
        what = f"{error['code']} {error['message']}" if error else (test.difference or test.status) if test else ""
        told.append({"task": verdict.task, "sample": verdict.sample, "status": verdict.status, "what": what})
    return told

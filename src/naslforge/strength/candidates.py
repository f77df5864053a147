"""Tests that could be added to a task: generated inputs with what its reference does on them.

A candidate says only what the task decides. Where rows that tie come in an order of their own choice, the result is
compared without order, and where more than the order hangs on a tie there is no candidate.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from naslforge.judge import observe_many
from naslforge.lang import Source, check, turned_ties
from naslforge.lang.scope import EntityCall
from naslforge.records import ABSENT, Task, Test
from naslforge.run import Limits, canonical, read_schema

LONGEST = 6_000  # characters of a test as JSON
READS = ("get",)


class Candidates:
    """Makes the candidates of one task; its reference is in `meta`."""

    def __init__(self, task: Task, limits: Limits):
        self.task, self.limits = task, limits
        self.reference: str = task.meta["reference"]
        given = (Source("context.ts", task.context, context=True),) if task.context else ()
        source = Source("reference.ts", self.reference)
        self.turned = turned_ties(source, given)
        checked = check([*given, source])
        tables = read_schema(checked).tables
        written = {c.entity for c in checked.calls.values() if isinstance(c, EntityCall) and c.method not in READS}
        self.kept = {t.short: [c.name for c in t.columns if not c.system] for n, t in tables.items() if n in written}
        tests = task.tests
        self.ordered = all(test.ordered for test in tests)
        self.tolerance = next((test.tolerance for test in tests if test.tolerance is not None), None)
        self.results = any(test.expect is not ABSENT for test in tests)
        self.raising = any(test.raises for test in tests)
        self.calling = any(test.expect_calls is not None for test in tests)

    def of(self, inputs: Sequence[dict[str, Any]]) -> list[Test | None]:
        """A test for each input, None where the reference or the task says nothing that can be tested."""
        programs = [(self.task, self.reference)] + ([(self.task, self.turned)] if self.turned else [])
        seen = observe_many(programs, inputs, self.limits)
        other = seen[1] if self.turned else seen[0]
        return [self._test(*found) for found in zip(inputs, seen[0], other, strict=True)]

    def _test(self, given: dict[str, Any], seen: dict[str, Any] | None, turned: dict[str, Any] | None) -> Test | None:
        if seen is None or turned is None or not (seen["status"] == "passed" or self._raises(seen)):
            return None
        ordered = self.ordered and canonical(seen) == canonical(turned)
        if not ordered and canonical(seen, False) != canonical(turned, False):
            return None
        told = {"args": given["args"], "world": given["world"], **self._expected(seen)}
        if not ordered:
            told["ordered"] = False
        if self.tolerance is not None:
            told["tolerance"] = self.tolerance
        fits = len(json.dumps(told)) <= LONGEST and any(key.startswith(("expect", "raises")) for key in told)
        return Test.from_json(told) if fits else None

    def _raises(self, seen: dict[str, Any]) -> bool:
        return self.raising and seen["status"] == "runtime_error" and seen["error"] != "UndeclaredCall"

    def _expected(self, seen: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if seen["status"] != "passed":
            told["raises"] = seen["error"]
        elif self.results or not self.kept:
            told["expect"] = seen["result"]
        if self.kept:
            rows = {entity: seen["db"][entity] for entity in self.kept}
            told["expect_db"] = {e: [{k: row[k] for k in self.kept[e]} for row in rows[e]] for e in rows}
        if self.calling:
            told["expect_calls"] = seen["calls"]
        return told


def smaller(test: Test) -> Iterator[tuple[tuple[str, int], dict[str, Any]]]:
    """The inputs of a test with one row fewer, by entity and number of the row."""
    world = test.world or {}
    for entity, rows in (world.get("db") or {}).items():
        for number in range(len(rows)):
            yield (entity, number), without(test, [(entity, number)])


def without(test: Test, gone: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """The input of a test without some rows."""
    world = dict(test.world or {})
    db = world.get("db") or {}
    world["db"] = {
        entity: [row for i, row in enumerate(rows) if (entity, i) not in gone] for entity, rows in db.items()
    }
    return {"args": test.args, "world": world}


def cost(test: Test) -> int:
    """How much a reader has to take in: rows, and more for what is unusual in them."""
    rows = [row for found in ((test.world or {}).get("db") or {}).values() for row in found]
    nulls = sum(value is None for row in rows for value in row.values())
    return 4 * len(rows) + nulls + len(json.dumps(test.args)) // 20

"""Nothing of a program is left for the next one: one worker, the same answers before and after others were there."""

from typing import Any

import pytest

from naslforge.judge import job_of, judge_many
from naslforge.records import Solution, Task
from naslforge.run import Sandbox
from tests.hostile import hostile

LINE = "export function f(n: Long): String"
ITEM = "app.dataSources.defaultDS.entities.Item"
CONTEXT = """export namespace app.dataSources.defaultDS.entities {
  export class Item {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
  }
}
export namespace app.backend.variables { export let counter: Long = 0; }
"""
# What each leaves behind if it can, and what it sees: the same before and after all the others.
BODIES = {
    "globals": "app.backend.variables.counter = app.backend.variables.counter + n; "
    "return nasl.util.ToString(app.backend.variables.counter);",
    "time": "return nasl.util.ToString(nasl.util.CurrDateTime());",
    "random": "return nasl.util.ToString(nasl.util.RandomInt(0, 1000000000));",
    "rows": f"let item: {ITEM}; item.name = 'x'; item = {ITEM}Entity.create(item); return nasl.util.ToString(item);",
    "keys": f"return nasl.util.ToString(nasl.util.Length(FROM({ITEM}Entity, Item => $)));",
    "half a transaction": f"let item: {ITEM}; let xs: List<Long>; item = {ITEM}Entity.create(item); "
    "return nasl.util.ToString(nasl.util.Get(xs, n));",
    "endless rows": f"let item: {ITEM}; while (n > 0) {{ {ITEM}Entity.create(item); }} return '';",
    "deletes": f"{ITEM}Entity.deleteBy((Item) => Item.id > 0); return '';",
    "deep": "return f(n);",
    "much": "let s: String = 'x'; while (n > 0) { s = s + s; } return s;",
    "decimals": "let d: Decimal = 1; d = d / 3; return nasl.util.ToString(d);",
}
MEMORY_PROGRAMS = 3_000


def pair(body: str, **world: Any) -> tuple[Task, str]:
    task = Task.from_json(
        {"id": "reset/one", "sublanguage": "logic", "instruction": "-", "entry": "app.logics.f", "signature": LINE,
         "context": CONTEXT, "tests": [{"args": [3], "expect": "?"}] * 2,
         "world": {"db": {"Item": [{"name": "given"}]}, **world}}
    )  # fmt: skip
    return task, f"export namespace app.logics {{\n{LINE} {{\n{body}\n}}\n}}\n"


OTHER_WORLDS: tuple[dict[str, Any], ...] = (
    {"now": "2030-05-05T05:05:05+00:00", "timezone": "America/New_York", "seed": 5},
    {"user": {"userName": "eve"}, "locale": "en-US", "config": {"system": {"x": "1"}}},
    {"db": {"Item": []}},
)


def seen(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if "milliseconds" not in key}


def test_every_program_finds_the_world_as_it_is_given() -> None:
    jobs = {name: job_of(*pair(body)) for name, body in BODIES.items()}
    limits = {"steps": 20_000}
    with Sandbox(1) as box:
        alone = {name: seen(box.run(job | {"limits": limits})) for name, job in jobs.items()}
        box.close()  # from here on a fresh process
        for name, job in jobs.items():
            assert seen(box.run(job | {"limits": limits})) == alone[name], name
            for world in OTHER_WORLDS:
                box.run(job_of(*pair(BODIES[name], **world)) | {"limits": limits})
            for other, again in jobs.items():
                assert seen(box.run(again | {"limits": limits})) == alone[other], (name, other)
    told = {name: [test.get("actual") for test in answer["tests"]] for name, answer in alone.items()}
    assert told["globals"] == ["3", "3"] and told["keys"] == ["1", "1"], "a test sees what the one before it did"
    assert len(set(told["time"])) == len(set(told["random"])) == 1
    assert alone["half a transaction"]["status"] == "runtime_error"
    assert {alone[name]["status"] for name in ("endless rows", "deep")} == {"step_limit"}


def test_worlds_are_different_where_they_are() -> None:
    """The test above could not fail if nothing of a world were seen at all."""
    bodies = [BODIES["time"], BODIES["random"], BODIES["keys"]]
    for body, world in zip(bodies, (OTHER_WORLDS[0], OTHER_WORLDS[0], OTHER_WORLDS[2]), strict=True):
        pairs = [pair(body), pair(body, **world)]
        first, second = judge_many((task, Solution(task.id, source)) for task, source in pairs)
        assert first.tests[0].actual != second.tests[0].actual, body


@pytest.mark.parametrize("kind", ["base", "hostile"])
def test_a_worker_does_not_grow(kind: str) -> None:
    """Memory after some thousand programs beside that after some hundreds, all processes of the worker together."""
    if kind == "base":
        jobs = [job_of(*pair(body)) | {"limits": {"steps": 500}} for body in BODIES.values()]
        first, count = 1_000, MEMORY_PROGRAMS
    else:
        kinds = ("numbers", "texts", "format strings", "injections", "python names")
        jobs = [job_of(a.task, a.source, a.limits) for a in hostile() if a.kind in kinds]
        first, count = len(jobs), 3 * len(jobs)
    sizes = {}
    with Sandbox(1) as box:
        for i in range(1, count + 1):
            box.run(jobs[i % len(jobs)])
            if i in (first, count):
                worker = box._all[0]._process
                assert worker is not None
                sizes[i] = resident(worker.pid)
    assert sizes[count] < 1.05 * sizes[first], sizes


def resident(pid: int) -> int:
    """Kilobytes that a process and those below it hold in memory, shared ones counted in parts."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        size = next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return size + sum(resident(int(child)) for child in children.read().split())

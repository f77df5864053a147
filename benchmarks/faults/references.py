"""Right programs to put faults into: families, suites, examples, WikiSQL queries, recorded answers that passed."""

import json
from collections.abc import Iterator
from importlib import resources
from itertools import islice
from pathlib import Path

from faults.view import Reference
from naslforge.evals import evaluation_tasks
from naslforge.judge import judge
from naslforge.lang import check
from naslforge.records import Task
from naslforge.solve import program
from naslforge.synth.collect import collect
from naslforge.synth.families import FAMILIES, HELD_OUT_FAMILIES, generate

ROOT = Path(__file__).parents[2]
RECORDED = resources.files("naslforge.synth") / "recorded"
OPEN_DATA = ROOT.parent / "shared" / "data"


def references(seed: int, count: int, *, unseen: bool = False) -> list[Reference]:
    """About `count` programs, most of them of families; with `unseen`, of the families kept for evaluation only."""
    names = [f.name for f in FAMILIES if (f.name in HELD_OUT_FAMILIES) == unseen]
    found = [_of_task(task) for task in generate(names, seed=seed, count=count)]
    if not unseen:
        found += [*_suite(), *_examples(), *_queries(count // 12), *(r for r, passed in recorded() if passed)]
    return [r for r in found if not check(r.sources()).errors]


def _of_task(task: Task) -> Reference:
    return Reference(task.id, task.meta["reference"], task.context, task)


def _suite() -> Iterator[Reference]:
    return (_of_task(task) for task in evaluation_tasks() if task.id.startswith("untouched/"))


def _examples() -> Iterator[Reference]:
    for path in sorted((ROOT / "examples").glob("*/task.jsonl")):
        for task in Task.read(path):
            for line in path.with_name("solutions.jsonl").read_text("utf-8").splitlines():
                source = json.loads(line)["source"]
                if judge(task, source).passed:
                    yield Reference(task.id, source, task.context, task)


def _queries(count: int) -> Iterator[Reference]:
    """Queries of WikiSQL, where the open data lie beside the checkout."""
    path = OPEN_DATA / "wikisql"
    return map(_of_task, islice(collect("wikisql", path), count)) if path.exists() else iter(())


def recorded() -> Iterator[tuple[Reference, bool]]:
    """Every recorded answer as a program, and whether it is right: no error, and all tests pass."""
    with resources.as_file(RECORDED) as folder:
        tasks = {task.id: task for task in Task.read(folder / "tasks.jsonl")}
        lines = (folder / "answers.jsonl").read_text("utf-8").splitlines()
    for line in lines:
        answer = json.loads(line)
        task = tasks.get(answer["task"])
        if task is not None:
            source = program(task, answer["text"])
            name = f"{answer['task']} round {answer['round']}.{answer['sample']}"
            yield Reference(name, source, task.context, task), judge(task, source).passed

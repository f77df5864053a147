"""Suites: named sets of tasks that no training data may contain, and plain files of tasks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from naslforge.journal import InputError
from naslforge.records import Task


@dataclass(frozen=True, slots=True)
class Suite:
    """A set of tasks; the tasks carry no reference, references stand apart by task id."""

    name: str
    tasks: tuple[Task, ...]
    references: dict[str, str]


def load_suite(name: str) -> Suite:
    """A suite by name, or the tasks of a JSONL file. Raises InputError for neither, and for double task ids."""
    if name in SUITES:
        tasks = list(SUITES[name]())
    elif Path(name).exists():
        tasks = Task.read(name)
    else:
        raise InputError(f"no suite and no file is called {name!r}", hint="suites: " + ", ".join(SUITES))
    if not tasks:
        raise InputError("there are no tasks", name)
    return from_tasks(name, tasks)


def from_tasks(name: str, tasks: list[Task]) -> Suite:
    """A suite of given tasks, references taken out of their meta."""
    references: dict[str, str] = {}
    bare: dict[str, Task] = {}
    for task in tasks:
        if task.id in bare:
            raise InputError(f"task id {task.id!r} stands twice", name)
        meta = dict(task.meta)
        if reference := meta.pop("reference", None):
            references[task.id] = reference
        bare[task.id] = replace(task, meta=meta)
    return Suite(name, tuple(bare.values()), references)


def evaluation_tasks() -> Iterator[Task]:
    """Every task of every suite: what training data is cleaned of."""
    for make in SUITES.values():
        yield from make()


def _untouched() -> Iterator[Task]:
    with resources.as_file(resources.files("naslforge.evals") / "suites" / "untouched.jsonl") as path:
        yield from Task.read(path)


SUITES: dict[str, Callable[[], Iterator[Task]]] = {"untouched": _untouched}

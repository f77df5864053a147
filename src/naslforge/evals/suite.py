"""Suites: named sets of tasks that no training data may contain, and plain files of tasks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from naslforge.journal import InputError, read_jsonl
from naslforge.records import Task

_FOLDER = resources.files("naslforge.evals") / "suites"


@dataclass(frozen=True, slots=True)
class Suite:
    """A set of tasks; the tasks carry no reference, references stand apart by task id."""

    name: str
    tasks: tuple[Task, ...]
    references: dict[str, str]


def suite_names() -> list[str]:
    """The suites of the package."""
    names = (file.name for file in _FOLDER.iterdir() if file.name.endswith(".jsonl"))
    return sorted(name.removesuffix(".jsonl") for name in names if name.count(".") == 1)


def load_suite(name: str) -> Suite:
    """A suite by name, or the tasks of a JSONL file. Raises InputError for neither, and for double task ids."""
    if name in suite_names():
        tasks = list(_packaged(name))
    elif Path(name).exists():
        tasks = Task.read(name)
    else:
        raise InputError(f"no suite and no file is called {name!r}", hint="suites: " + ", ".join(suite_names()))
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


def part(suite: Suite, count: int) -> Suite:
    """`count` tasks spread evenly over a suite, the same ones every time; the whole suite where it has no more.

    Raises InputError for less than one.
    """
    if count < 1:
        raise InputError("a part of a suite has one task or more", str(count))
    size = len(suite.tasks)
    return _with(suite, (suite.tasks[i * size // count] for i in range(count))) if count < size else suite


def named(suite: Suite, file: Path) -> Suite:
    """The tasks of a suite that a JSONL file names in `task` or `id`, a file of recorded answers for example.

    Raises InputError for a file that names none, or a task that the suite has not.
    """
    wanted = {str(row.get("task") or row.get("id") or "") for row in read_jsonl(file, dict)}
    if strange := sorted(wanted - {task.id for task in suite.tasks}):
        raise InputError(f"{suite.name} has no task {strange[0]!r}", str(file))
    if not wanted:
        raise InputError("the file names no task", str(file), hint="JSON Lines with `task`")
    return _with(suite, (task for task in suite.tasks if task.id in wanted))


def _with(suite: Suite, some: Iterable[Task]) -> Suite:
    tasks = tuple(some)
    return Suite(suite.name, tasks, {t.id: suite.references[t.id] for t in tasks if t.id in suite.references})


def evaluation_tasks() -> Iterator[Task]:
    """Every task of every suite, its reference in its meta: what training data is cleaned of.

    Completion points are left out: they are cut from tasks of the other suites.
    """
    for name in suite_names():
        yield from (task for task in _packaged(name) if "completion" not in task.meta)


def _packaged(name: str) -> Iterator[Task]:
    """The tasks of NAME.jsonl with the references of NAME.references.jsonl in their meta."""
    references: dict[str, str] = {}
    with resources.as_file(_FOLDER) as folder:
        if (beside := folder / f"{name}.references.jsonl").exists():
            references = {row["task"]: row["source"] for row in read_jsonl(beside, dict)}
        for task in Task.read(folder / f"{name}.jsonl"):
            known = references.get(task.id)
            yield replace(task, meta={**task.meta, "reference": known}) if known else task

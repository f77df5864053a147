"""Open data to tasks: `collect(source, path)`; every record keeps its source and licence, every loss its reason."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from naslforge.journal import InputError
from naslforge.records import Task
from naslforge.synth.collect.collected import Collected, Drop
from naslforge.synth.collect.jsonl import collect_jsonl
from naslforge.synth.collect.mbpp import collect_mbpp
from naslforge.synth.collect.wikisql import collect_wikisql


def _chase(path: Path, drop: Drop, **options: Any) -> Iterator[Task]:
    from naslforge.synth.collect.chase import collect_chase  # the SQL parser is loaded only where SQL is read

    return collect_chase(path, drop, **options)


def _retqa(path: Path, drop: Drop, **options: Any) -> Iterator[Task]:
    from naslforge.synth.collect.retqa import collect_retqa

    return collect_retqa(path, drop, **options)


_COLLECTORS: dict[str, tuple[str, Callable[..., Iterator[Task]]]] = {
    "mbpp": ("MBPP: Python problems with asserts, to functions over plain values", collect_mbpp),
    "wikisql": ("WikiSQL: questions over one table, to queries on an entity", collect_wikisql),
    "chase": ("CHASE: Chinese questions over several tables, to queries on generated databases", _chase),
    "retqa": ("RETQA: Chinese real estate questions, to queries on parts of the real rows", _retqa),
    "jsonl": (
        "a JSON Lines file of one's own: Task records, or rows with an instruction, tests, a signature",
        collect_jsonl,
    ),
}

SOURCES: dict[str, str] = {name: text for name, (text, _) in _COLLECTORS.items()}


def collect(source: str, path: str | Path, **options: Any) -> Collected:
    """The tasks of an open data set at a file or folder, one by one. Raises InputError for an unknown source."""
    if source not in _COLLECTORS:
        raise InputError(f"unknown source {source!r}", hint="known: " + ", ".join(_COLLECTORS))
    _, read = _COLLECTORS[source]
    return Collected(source, partial(_read, read, Path(path), options))


def _read(read: Callable[..., Iterator[Task]], path: Path, options: dict[str, Any], drop: Drop) -> Iterator[Task]:
    return read(path, drop, **options)


__all__ = ["SOURCES", "Collected", "collect"]

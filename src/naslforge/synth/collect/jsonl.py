"""A JSON Lines file of one's own: full Task records, or rows with an instruction, tests and a signature or entry.

A row that is no full Task needs `instruction`; with tests also `signature` or `entry`. Tests may be Test records or
pairs with `input`/`in` and `output`/`out`. A row without tests becomes a task that says so in `meta.needs`, so that
nothing is lost; keys that a Task does not know are kept under `meta.extra`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from naslforge.journal import InputError, dump_line, read_jsonl
from naslforge.records import SUBLANGUAGES, Task
from naslforge.synth.collect.collected import Drop
from naslforge.synth.collect.rows import Row, as_row, find_file, refuse_name, refuse_row

_TASK_KEYS = {f.name for f in fields(Task)}
_NEEDED = "needed: instruction, and with tests also signature or entry"
_LINE = re.compile(r"(?:export\s+)?function\s+([\w$]+)\s*\(")


def collect_jsonl(path: Path, drop: Drop, license: str = "unknown") -> Iterator[Task]:
    """The rows of a file (or of all .jsonl files of a folder) as tasks; broken rows are dropped with file and line."""
    seen: set[str] = set()
    for file in _files(path):
        refuse_name(file)

        def read(value: Any, file: Path = file) -> Task | InputError:
            row = as_row(value)
            try:
                refuse_row(row, file)
            except InputError as refusal:
                return refusal  # not one broken line: the whole file is refused below
            task = read_task(row, _stem(file), file.name, license)
            if task.id in seen:
                raise InputError("second task with the same id")
            return task

        for task in read_jsonl(file, read, lambda error: drop(error.message, str(error))):
            if isinstance(task, InputError):
                raise task
            seen.add(task.id)
            yield task


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [find_file(path)]
    found = sorted(p for p in path.iterdir() if p.name.endswith((".jsonl", ".jsonl.gz")))
    if not found:
        raise InputError("no .jsonl file in this folder", path)
    return found


def _stem(file: Path) -> str:
    return file.name.removesuffix(".gz").removesuffix(".jsonl")


def read_task(row: Row, stem: str, source: str, license: str) -> Task:
    """One row as a Task; without an id it gets one from its content. Raises InputError that names what is missing."""
    data = {k: v for k, v in row.items() if k in _TASK_KEYS}
    extra = {k: v for k, v in row.items() if k not in _TASK_KEYS}
    instruction = data.get("instruction")
    if not isinstance(instruction, str) or not instruction.strip():
        raise InputError(f"missing column 'instruction'; {_NEEDED}")
    tests = [_test(test) for test in _list(data.get("tests", []), "tests")]
    signature, entry = data.get("signature"), data.get("entry")
    if not entry and signature:
        entry = _entry(signature)
    if not entry and tests:
        raise InputError(f"missing column 'signature' or 'entry'; {_NEEDED}")
    meta = {"source": source, "license": license, **_object(data.get("meta", {}), "meta")}
    if extra:
        meta["extra"] = extra
    if needs := [what for what, there in (("tests", tests), ("entry", entry)) if not there]:
        meta["needs"] = needs
    name = f"{stem}/{hashlib.sha256(dump_line(row).encode()).hexdigest()[:12]}"
    complete = {
        **data, "id": str(data.get("id", name)), "sublanguage": data.get("sublanguage") or _sublanguage(data),
        "entry": entry or "", "tests": tests, "meta": meta,
    }  # fmt: skip
    return Task.from_json(complete)


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{name} is a list")
    return value


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{name} is an object")
    return value


def _test(value: Any) -> Any:
    """A test, pairs of input and output being turned into args and expect."""
    if not isinstance(value, dict):
        raise InputError("a test is an object with args and expect")
    known = {"input": "args", "in": "args", "output": "expect", "out": "expect", "expected": "expect"}
    test = {known.get(k, k): v for k, v in value.items()}
    if "args" in test and not isinstance(test["args"], list):
        test["args"] = [test["args"]]
    return test


def _entry(signature: Any) -> str:
    found = _LINE.match(signature.strip()) if isinstance(signature, str) else None
    if not found:
        raise InputError("signature is no line like `export function name(a: Long): String`")
    return f"app.logics.{found[1]}"


def _sublanguage(data: Row) -> str:
    """What the context tells: entities make a query, other declarations a logic, none a base function."""
    context = data.get("context") or ""
    kind = "query" if "@Entity" in context or ".entities" in context else "logic" if context.strip() else "base"
    assert kind in SUBLANGUAGES
    return kind

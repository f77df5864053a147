"""Reading the files of open data: where they lie, which columns a row must have, and which rows are refused."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from naslforge.journal import InputError, read_jsonl
from naslforge.synth.collect.collected import Drop

Row = dict[str, Any]
_EVALUATION_ONLY = "HumanEval is kept for evaluation only and cannot be collected as training input"


def find_file(path: Path, *names: str) -> Path:
    """The file itself, or the first of `names` (also with .gz) in the folder. Raises InputError."""
    if path.is_file():
        return path
    for name in names:
        for candidate in (path / name, path / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    if not path.exists():
        raise InputError("no such file or folder", path)
    raise InputError(f"none of {', '.join(names)} (or .gz) in this folder", path)


def find_optional(path: Path, name: str) -> Path | None:
    """A companion file beside the main one, or None."""
    folder = path if path.is_dir() else path.parent
    return next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)


def read_rows(path: Path, columns: Sequence[str], drop: Drop) -> Iterator[Row]:
    """The rows of a JSON Lines file; broken lines and rows without a needed column are dropped with their place.

    Raises InputError for a file that cannot be read and for HumanEval.
    """
    refuse_name(path)
    for row in read_jsonl(path, as_row, lambda error: drop("broken line", str(error))):
        refuse_row(row, path)
        if missing := [c for c in columns if c not in row]:
            reason = f"missing column {', '.join(missing)} (needed: {', '.join(columns)})"
            drop(reason, f"{path.name}: {str(row)[:80]}")
            continue
        yield row


def as_row(value: Any) -> Row:
    """The value itself where it is a JSON object; raises InputError otherwise."""
    if not isinstance(value, dict):
        raise InputError(f"a row is a JSON object, not {type(value).__name__}")
    return value


def refuse_name(path: Path) -> None:
    """Raises InputError where the file or a folder right above it is called after HumanEval."""
    if any(re.search(r"human[-_ ]?eval", part, re.IGNORECASE) for part in path.parts[-2:]):
        raise InputError(_EVALUATION_ONLY, path)


def refuse_row(row: Row, path: Path) -> None:
    """Raises InputError for a HumanEval problem under whatever name its file has."""
    task_id = str(row.get("task_id", row.get("id", "")))
    if re.match(r"human[-_ ]?eval", task_id, re.IGNORECASE):
        raise InputError(f"{_EVALUATION_ONLY} (task {task_id})", path)
    entry, prompt = row.get("entry_point"), row.get("prompt")
    if not (isinstance(entry, str) and isinstance(prompt, str) and entry in _humaneval_names()):
        return
    translated = task_id.lower().startswith(("python/", "typescript/"))
    if translated or re.search(rf"\b(def|function)\s+{re.escape(entry)}\b", prompt):
        raise InputError(f"{_EVALUATION_ONLY} (function {entry})", path)


@cache
def _humaneval_names() -> frozenset[str]:
    text = resources.files(__package__).joinpath("humaneval_names.json").read_text("utf-8")
    return frozenset(json.loads(text))

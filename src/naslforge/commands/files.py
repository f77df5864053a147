"""What verbs read and write: texts by name, `-` for the standard streams, JSON Lines."""

import json
import sys
from pathlib import Path
from typing import Any

from naslforge.journal import InputError, dump_line

STDIN = "-"


def read_text(name: str) -> str:
    """The text of a file, or of standard input for `-`. Raises InputError."""
    if name == STDIN:
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError("no such file", name) from error
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text: {error.reason}", name) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", name) from error


def read_json(name: str) -> Any:
    """The JSON value in a file. Raises InputError."""
    return parse_json(read_text(name), name)


def parse_json(text: str, name: str) -> Any:
    """The JSON value of a text that came from `name`. Raises InputError."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"broken JSON: {error}", name) from error


def show(value: Any) -> None:
    """One JSON value as one line of standard output."""
    print(dump_line(value))

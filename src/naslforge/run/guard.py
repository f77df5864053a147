"""What a program may not reach while it runs, enforced below our own code by Python's audit events."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from naslforge.run.limits import LimitReached

REFUSED = (
    "open", "import", "socket.", "subprocess.", "os.", "ctypes.", "shutil.", "tempfile.", "sqlite3.connect", "urllib.",
    "http.", "pty.", "fcntl.", "mmap.", "glob.", "builtins.input",
)  # fmt: skip
_state = {"active": False}


def install() -> None:
    """Add the hook; it cannot be taken off again, so only a worker's child does this."""
    sys.addaudithook(_hook)


@contextmanager
def guarded() -> Iterator[None]:
    """Within the block, where the hook is installed, files, sockets, processes and imports are refused."""
    _state["active"] = True
    try:
        yield
    finally:
        _state["active"] = False


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if _state["active"] and event.startswith(REFUSED):
        _state["active"] = False  # to report it may need the very things that are refused
        raise LimitReached("forbidden", f"the program reached for {event} {args[:1]}")

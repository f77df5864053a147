"""What code in a worker could reach if it were not our own translation: for tests, and for `naslforge doctor`."""

import errno
import importlib
import mmap
import os
import socket
import threading
from collections.abc import Callable
from typing import Any

from naslforge.run import guard, isolation, kernel
from naslforge.run.limits import LimitReached


def probe() -> dict[str, Any]:
    """The state of a worker, and for each way out a word: as such, and with the guard that is up in a program."""
    return {
        "status": "passed",
        "environment": sorted(os.environ),
        "descriptors": _descriptors(),
        "isolation": isolation.of_this_process().report(),
        "ways": {name: f"{_tried(way)} / {_tried_guarded(way)}" for name, way in WAYS.items()},
    }


def _descriptors() -> list[int]:
    """The open ones."""
    return [fd for fd in range(256) if _is_open(fd)]


def _is_open(fd: int) -> bool:
    try:
        os.lseek(fd, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno != errno.EBADF  # a socket has no position
    return True


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _listen() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()


WAYS: dict[str, Callable[[], Any]] = {
    "file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write": lambda: os.open("/naslforge-probe", os.O_CREAT | os.O_WRONLY),
    "folder": lambda: os.listdir("/etc"),
    "socket": lambda: socket.create_connection(("127.0.0.1", 22), 1),
    "listen": _listen,
    "process": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "fork": _fork,
    "thread": lambda: threading.Thread(target=int).start(),
    "signal to the parent": lambda: os.kill(os.getppid(), 0),
    "signal to all": lambda: os.kill(-1, 0),
    "memory that runs": lambda: mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "namespaces": lambda: kernel.unshare(kernel.NEW_USER),
    "import": lambda: importlib.import_module("this"),
}


def _tried(way: Callable[[], Any]) -> str:
    try:
        way()
    except LimitReached:
        return "refused by the guard"
    except BaseException as error:
        return f"refused by {type(error).__name__}"
    return "possible"


def _tried_guarded(way: Callable[[], Any]) -> str:
    with guard.guarded():
        return _tried(way)

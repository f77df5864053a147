"""Files of JSON Lines that survive a kill: a journal that only grows, and whole files written at once.

A journal is the record of work that was paid for. Each append is flushed to the disk, and a sidecar
`NAME.sum` holds the length and the SHA-256 of what is complete. A line torn by a kill is cut off when the
journal is opened again; a complete part that no longer fits its sum is refused.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class InputError(Exception):
    """A fault of what a person, a file or a model handed in: message, file, line and the way out."""

    def __init__(self, message: str, file: str | Path | None = None, line: int | None = None, hint: str = ""):
        self.message, self.file, self.line, self.hint = message, file, line, hint
        place = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(place + message + (f" ({hint})" if hint else ""))


def dump_line(value: Any) -> str:
    """One JSON value as one line, without the line end; the same value always gives the same text.

    A text with half a surrogate pair, which models do write, has no UTF-8: then the whole line is escaped.
    """
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
    if line.isascii():
        return line
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(", ", ": "), allow_nan=False)
    return line


def read_jsonl(
    path: str | Path, read: Callable[[Any], T], on_error: Callable[[InputError], None] | None = None
) -> Iterator[T]:
    """The records of a JSON Lines file (gzip where the name ends in .gz).

    A broken line is an InputError with its number; with `on_error` it is reported there and skipped.
    Raises InputError also when the file cannot be read.
    """
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            yield read(json.loads(line))
        except (ValueError, KeyError, TypeError, InputError) as error:
            told = error.message if isinstance(error, InputError) else _why(error)
            fault = InputError(told, path, number)
            if on_error is None:
                raise fault from error
            on_error(fault)


def _lines(path: str | Path) -> Iterator[tuple[int, str]]:
    import gzip

    opener = gzip.open if str(path).endswith(".gz") else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", errors="strict") as handle:
            yield from enumerate(handle, 1)
    except FileNotFoundError as error:
        raise InputError("no such file", path) from error
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 text: {error.reason}", path) from error
    except (OSError, EOFError) as error:
        raise InputError(f"cannot be read: {error}", path) from error


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON at column {error.colno}: {error.msg}"
    if isinstance(error, KeyError):
        return f"missing key {error.args[0]!r}"
    return str(error)


def write_jsonl(path: str | Path, values: Iterable[Any]) -> int:
    """Write a whole file at once: complete under its name or not there at all. Gives the number of lines."""
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for value in values:
            count += 1
            yield dump_line(value) + "\n"

    write_text(path, lines())
    return count


def write_text(path: str | Path, parts: str | Iterable[str]) -> None:
    """Write text under a temporary name beside `path`, flush it, then rename. Raises InputError (full disk ...)."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "w", encoding="utf-8") as handle:
            handle.writelines([parts] if isinstance(parts, str) else parts)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path) from error
    finally:
        temporary.unlink(missing_ok=True)


class Journal:
    """An append-only JSON Lines file with a checksum of what is complete."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self._sum_path = self.path.with_name(self.path.name + ".sum")
        self._digest = hashlib.sha256()
        self._length = 0
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._recover()
            # Open as long as the journal is, and nothing waits in a buffer: what was refused must not be written later.
            self._handle = open(self.path, "ab", buffering=0)  # noqa: SIM115
        except OSError as error:
            raise InputError(f"cannot be opened: {error.strerror or error}", self.path) from error

    def _recover(self) -> None:
        data = self.path.read_bytes() if self.path.exists() else b""
        if self._sum_path.exists():
            known = json.loads(self._sum_path.read_text() or "{}")
            length = known.get("bytes", 0)
            if len(data) < length or hashlib.sha256(data[:length]).hexdigest() != known.get("sha256"):
                raise InputError(
                    "does not fit its checksum: it was changed or cut since it was written",
                    self.path,
                    hint=f"restore it, or delete it together with {self._sum_path.name} to start again",
                )
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            os.truncate(self.path, len(whole))
        self._digest.update(whole)
        self._length = len(whole)

    def append(self, value: Any) -> None:
        """Add one line and flush it to the disk. On InputError (full disk) the file ends as it was before."""
        line = (dump_line(value) + "\n").encode()
        digest, length = self._digest.copy(), self._length + len(line)
        digest.update(line)
        try:
            _write_all(self._handle.fileno(), line)
            os.fsync(self._handle.fileno())
            state = dump_line({"bytes": length, "sha256": digest.hexdigest()})
            write_text(self._sum_path, state + "\n")
        except (OSError, InputError) as error:
            os.truncate(self.path, self._length)
            if isinstance(error, InputError):
                raise
            raise InputError(f"cannot be written: {error.strerror or error}", self.path) from error
        self._digest, self._length = digest, length

    def __iter__(self) -> Iterator[Any]:
        """The complete lines, in the order of writing."""
        return read_jsonl(self.path, lambda value: value)

    def close(self) -> None:
        self._handle.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _write_all(fd: int, data: bytes) -> None:
    """Write without a buffer, which may take several turns."""
    while data:
        data = data[os.write(fd, data) :]

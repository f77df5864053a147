"""Code completion: the text around a cursor to the words a model sees, and its answer to the text that goes in.

A completion task carries `meta.completion` with `prefix` and `suffix`, the program's text before and after the cursor.
Filling the middle from both sides is what Bavarian et al. 2022 (arXiv:2207.14255) call infilling.
"""

import re
from dataclasses import dataclass
from typing import Any

from naslforge.records import Task

CURSOR = "⟨光标⟩"
_SURE = 8  # characters that two texts share by more than chance


@dataclass(frozen=True, slots=True)
class Gap:
    """The text before and after the cursor."""

    prefix: str
    suffix: str

    def shown(self) -> str:
        return f"{self.prefix}{CURSOR}{self.suffix}"

    def filled(self, code: str) -> str:
        """The whole program with what `code` adds: what the author repeated from around the cursor is left out.

        >>> Gap("let total = ", ";\\nreturn total;").filled("let total = a * b;")
        'let total = a * b;\\nreturn total;'
        """
        if _squashed(code).startswith(_squashed(self.prefix)) and self.prefix.strip():
            return code  # all of the program was written again
        code = _without_start(code, self.prefix)
        return self.prefix + _without_end(code, self.suffix) + self.suffix


def gap(task: Task) -> Gap | None:
    """The cursor of a completion task, None for other tasks."""
    given: Any = task.meta.get("completion")
    return Gap(given["prefix"], given["suffix"]) if given else None


def _without_start(code: str, prefix: str) -> str:
    """`code` without the end of `prefix` that it begins with: the line of the cursor, or more than chance."""
    line = len(_squashed(prefix.rpartition("\n")[2]))
    before, own = _squashed(prefix), _squashed(code)
    for size in range(min(len(before), len(own)), 1, -1):
        if before.endswith(own[:size]) and (size >= _SURE or size == line):
            return _after(code, size)
    code = code.strip("\n")
    return code if prefix.endswith("\n") else code.lstrip()


def _without_end(code: str, suffix: str) -> str:
    """`code` without the start of `suffix` that it ends with, and without braces that only `suffix` may close."""
    line = len(_squashed(suffix.partition("\n")[0]))
    after, own = _squashed(suffix), _squashed(code)
    for size in range(min(len(after), len(own)), 0, -1):
        if own.endswith(after[:size]) and (size >= _SURE or size == line):
            code = _before(code, size)
            break
    while _open_braces(code) < 0 and code.rstrip().endswith("}"):
        code = code.rstrip()[:-1].rstrip()
    return code


def _open_braces(code: str) -> int:
    plain = re.sub(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`|//[^\n]*", "", code)
    return plain.count("{") - plain.count("}")


def _squashed(text: str) -> str:
    return "".join(text.split())


def _after(text: str, size: int) -> str:
    """`text` from behind its first `size` characters that are no space."""
    for at, char in enumerate(text):
        if not size:
            return text[at:].lstrip(" ")
        size -= not char.isspace()
    return ""


def _before(text: str, size: int) -> str:
    """`text` up to its last `size` characters that are no space."""
    return _after(text[::-1], size)[::-1]

"""The head of a logic: its variables, and those declared further down that move there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Edit
from naslforge.lang.source import Span


@dataclass(frozen=True, slots=True)
class Late:
    """A variable declared below the head."""

    span: Span
    names: tuple[str, ...]
    lines: tuple[str, ...]  # its declarations as they stand in the head
    edits: tuple[Edit, ...]  # what becomes of the old place
    movable: bool


@dataclass(slots=True)
class Head:
    """What is known of the head while the body of one function is read."""

    place: Span  # the empty place behind the last variable
    pad: str
    taken: dict[str, str] = field(default_factory=dict)  # names of parameters and variables, with the type's text
    closed: bool = False  # a statement was seen: variables are late from here
    blocks: int = 0
    loops: int = 0
    moved: list[n.Let] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)

    @contextmanager
    def loop(self) -> Iterator[None]:
        """Inside, a variable without a value starts anew in each turn."""
        self.loops += 1
        try:
            yield
        finally:
            self.loops -= 1

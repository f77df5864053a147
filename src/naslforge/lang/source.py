"""A named text and places in it. Offsets are bytes of the UTF-8 text; lines and columns exist only at the edge."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

C = TypeVar("C")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A named text. `context` marks text that is given (a task's project), not written by the author."""

    name: str
    text: str
    context: bool = False
    data: bytes = field(init=False, repr=False)
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        data = self.text.encode("utf-8", errors="replace")
        starts = [0]
        at = data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = data.find(b"\n", at + 1)
        object.__setattr__(self, "text", data.decode("utf-8"))
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "_starts", starts)

    def span(self, start: int, end: int) -> "Span":
        return Span(self, start, end)

    def position(self, offset: int) -> "Position":
        """Line and column, both from 1; the column counts Unicode characters."""
        line = bisect_right(self._starts, offset)
        before = self.data[self._starts[line - 1] : offset]
        return Position(line, len(before.decode("utf-8", errors="replace")) + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.data)
        return self.data[start:end].decode("utf-8", errors="replace").rstrip("\r")

    @property
    def lines(self) -> int:
        return len(self._starts)


@dataclass(frozen=True, slots=True)
class Position:
    line: int
    column: int

    def to_json(self) -> dict[str, int]:
        return {"line": self.line, "column": self.column}


@dataclass_transform(frozen_default=True)
def _value(cls: type[C]) -> type[C]:
    """A frozen record, for the type checker only: every node has a span, and asking at run time too is slow."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


@_value
class Span:
    """The bytes `start` to `end` (excluded) of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.data[self.start : self.end].decode("utf-8", errors="replace")

    def to(self, other: "Span") -> "Span":
        """From here to the end of `other`."""
        return Span(self.source, self.start, other.end)

    def at_start(self) -> "Span":
        """The empty place before this span."""
        return Span(self.source, self.start, self.start)

    def at_end(self) -> "Span":
        """The empty place after this span."""
        return Span(self.source, self.end, self.end)

    def contains(self, other: "Span") -> bool:
        return self.source is other.source and self.start <= other.start and other.end <= self.end

    def to_json(self) -> dict[str, object]:
        start, end = self.source.position(self.start), self.source.position(self.end)
        return {"file": self.source.name, "start": start.to_json(), "end": end.to_json()}


class TornSpan(Span):
    """A span that begins or ends inside a stretch that was mended before parsing: nothing can be put in its place."""

    __slots__ = ()

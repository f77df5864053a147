"""The text that is parsed: the author's text with slips mended that no grammar survives, and the way back to it.

A slip in the text (a full-width comma, a missing brace) is one Repair: reported, offered as a fix, and applied before
parsing, so that everything behind it is read as it was meant.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from naslforge.lang.source import Source, Span, TornSpan


@dataclass(frozen=True, slots=True)
class Repair:
    """Bytes `start` to `end` of the author's text read as `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source with its repairs in place; offsets are those of `data`, spans those of the source."""

    source: Source
    repairs: tuple[Repair, ...] = ()
    data: bytes = field(init=False)
    _marks: tuple[int, ...] = field(init=False)  # places in `data` where stretches of one shift begin
    _starts: tuple[int, ...] = field(init=False)  # the same places in the source
    _fixed: tuple[bool, ...] = field(init=False)  # stretches that a repair wrote: all of them stand for its start

    def __post_init__(self) -> None:
        data, pieces, at, length = self.source.data, [], 0, 0
        marks, starts, fixed = [0], [0], [False]
        for repair in self.repairs:
            text = repair.text.encode()
            pieces += [data[at : repair.start], text]
            length += repair.start - at
            marks += [length, length + len(text)]
            starts += [repair.start, repair.end]
            fixed += [True, False]
            length += len(text)
            at = repair.end
        object.__setattr__(self, "data", b"".join([*pieces, data[at:]]) if self.repairs else data)
        object.__setattr__(self, "_marks", tuple(marks))
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "_fixed", tuple(fixed))

    def back(self, offset: int) -> int:
        """The place in the author's text."""
        if not self.repairs:
            return offset
        index = bisect_right(self._marks, offset) - 1
        return self._starts[index] + (0 if self._fixed[index] else offset - self._marks[index])

    def back_end(self, offset: int) -> int:
        """As `back`, for the end of a construct: behind a replaced stretch, not at its start."""
        if not self.repairs:
            return offset
        index = bisect_right(self._marks, offset - 1) - 1
        if self._fixed[index]:
            return self._starts[index + 1]
        return self._starts[index] + offset - self._marks[index]

    def span(self, start: int, end: int) -> Span:
        if not self.repairs:
            return Span(self.source, start, end if end > start else start)
        first = self.back(start)
        kind = TornSpan if self.repairs and (self._torn(start) or self._torn(end)) else Span
        return kind(self.source, first, max(first, self.back_end(end) if end > start else first))

    def _torn(self, offset: int) -> bool:
        """Does the place lie inside a stretch that a repair wrote?"""
        index = bisect_right(self._marks, offset) - 1
        return self._fixed[index] and offset != self._marks[index]

    def text(self, start: int, end: int) -> str:
        return self.data[start:end].decode("utf-8", errors="replace")

    def with_repairs(self, more: Iterable[Repair]) -> "Prepared":
        """The same source with further repairs; one that overlaps an earlier one is left out."""
        kept: list[Repair] = []
        for repair in sorted([*self.repairs, *more], key=lambda r: (r.start, r.end)):
            if not kept or repair.start >= kept[-1].end:
                kept.append(repair)
        return Prepared(self.source, tuple(kept))

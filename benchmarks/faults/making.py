"""Puts faults into right programs and says where they stand in the new text."""

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faults.view import Change, Kind, Reference, View
from naslforge.lang import Diagnostic

_TRIES = 60  # references looked at before a kind is given up for this turn
_LOOSE = 2  # lines that a report may be longer than the place it speaks of


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of the mutated text, first and last, from 1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its kind and the places where a report of it may stand."""

    kind: str
    places: tuple[Place, ...]

    def told_by(self, d: Diagnostic) -> bool:
        """Does the diagnostic stand at the fault: in its lines, and not on a stretch much longer than it?"""
        source = d.span.source
        first, last = source.position(d.span.start).line, source.position(max(d.span.start, d.span.end - 1)).line
        return any(
            first <= place.last and place.first <= last and last - first <= place.last - place.first + _LOOSE
            for place in self.places
        )


@dataclass(frozen=True, slots=True)
class Faulty:
    """A program with one fault or several, and the right program that it was."""

    reference: Reference
    text: str
    faults: tuple[Fault, ...]


def faulty(references: Sequence[Reference], kinds: Sequence[Kind], count: int, seed: int = 0,
            most_faults: int = 4) -> Iterator[Faulty]:  # fmt: skip
    """`count` faulty programs, half of them with one fault, half with two to `most_faults`; the kinds take turns."""
    rng = random.Random(seed)
    views: dict[str, View] = {}
    order: list[Kind] = []
    made, fruitless = 0, 0
    used: Counter[str] = Counter()
    while made < count and fruitless < 4 * len(kinds):
        order = order or rng.sample(list(kinds), len(kinds))
        kind = order.pop()
        wanted = 1 if made % 2 == 0 else rng.randint(2, max(2, most_faults))
        broken = _broken(references, kind, kinds, wanted, rng, views, used)
        if broken is None or (wanted > 1 and len(broken.faults) < 2):
            fruitless += 1
            continue
        made, fruitless = made + 1, 0
        used.update(fault.kind for fault in broken.faults)
        yield broken


def _broken(references: Sequence[Reference], kind: Kind, kinds: Sequence[Kind], wanted: int, rng: random.Random,
            views: dict[str, View], used: Counter[str]) -> Faulty | None:  # fmt: skip
    """A program with this fault, and with others of kinds that were rarest so far."""
    for _ in range(_TRIES):
        reference = rng.choice(references)
        if reference.id not in views:
            views[reference.id] = View(reference, rng)
        view = views[reference.id]
        view.rng = rng
        found = list(kind(view))
        if not found:
            continue
        chosen = [(kind, rng.choice(found))]
        for other in sorted(rng.sample(list(kinds), min(len(kinds), 40)), key=lambda k: used[name_of(k)]):
            if len(chosen) == wanted:
                break
            if more := list(other(view)):
                change = rng.choice(more)
                if not any(_near(view, change, taken) for _, taken in chosen):
                    chosen.append((other, change))
        return _made(view, chosen)
    return None


def name_of(kind: Kind) -> str:
    """`misspelt-field` for `misspelt_field`."""
    return kind.__name__.replace("_", "-")


def _near(view: View, one: Change, other: Change) -> bool:
    """Do two changes touch the same or neighbouring lines?"""
    return any(a[0] <= b[1] + 1 and b[0] <= a[1] + 1 for a in _lines(view, one) for b in _lines(view, other))


def _lines(view: View, change: Change) -> list[tuple[int, int]]:
    spans = [*((start, end) for start, end, _ in change.edits), *change.uses]
    return [(view.source.position(start).line, view.source.position(end).line) for start, end in spans]


def _made(view: View, chosen: list[tuple[Kind, Change]]) -> Faulty:
    """The text after all edits, with the place of each in it."""
    edits = sorted((edit, index) for index, (_, change) in enumerate(chosen) for edit in change.edits)
    parts: list[bytes] = []
    at = size = 0
    shifts: list[tuple[int, int]] = []  # from this offset of the original on, this much is added
    spans: list[list[tuple[int, int, bool]]] = [[] for _ in chosen]
    for (start, end, text), index in edits:
        start = max(start, at)
        new = text.encode()
        parts += [view.data[at:start], new]
        size += start - at
        spans[index].append((size, size + len(new), not new.strip()))
        size += len(new)
        at = max(at, end)
        shifts.append((at, size - at))
    data = b"".join([*parts, view.data[at:]])
    starts = [0, *(i + 1 for i, byte in enumerate(data) if byte == 10)]
    faults = []
    for index, (kind, change) in enumerate(chosen):
        places = [] if change.elsewhere else [_place(starts, a, b, loose) for a, b, loose in spans[index]]
        places += [_place(starts, _moved(shifts, a), _moved(shifts, b), False) for a, b in change.uses]
        faults.append(Fault(name_of(kind), tuple(places)))
    return Faulty(view.reference, data.decode(), tuple(faults))


def _moved(shifts: list[tuple[int, int]], offset: int) -> int:
    at = bisect_right([start for start, _ in shifts], offset) - 1
    return offset + (shifts[at][1] if at >= 0 else 0)


def _place(starts: list[int], start: int, end: int, loose: bool) -> Place:
    """The lines of a stretch; where text is missing the line before and after count too."""
    end = max(start, end - 1)
    first, last = bisect_right(starts, start), bisect_right(starts, end)
    return Place(first - loose, last + loose)

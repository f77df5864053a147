"""Applies the edits that surely keep the meaning, again and again, until nothing more can be mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from naslforge.lang.diagnostics import Diagnostic, Edit, apply_edits
from naslforge.lang.program import Checked, check
from naslforge.lang.source import Source

MOST_ROUNDS = 12  # each round mends every fault it can; nested faults need one round for each level


@dataclass(frozen=True, slots=True)
class Fixed:
    """The texts after mending, in the order of the sources, how many fixes went in, and what is left to say."""

    texts: tuple[str, ...]
    applied: int
    checked: Checked


def fix(sources: Sequence[Source]) -> Fixed:
    """Apply safe fixes to the sources an author wrote; given text stays as it is.

    A round that leaves more errors than it found is taken back: a fix may mend, never break.
    """
    now, checked, applied = list(sources), check(sources), 0
    for _ in range(MOST_ROUNDS):
        edits, count = _safe_edits(checked.diagnostics)
        if not count:
            break
        after = [_edited(source, edits) for source in now]
        if [s.text for s in after] == [s.text for s in now]:
            break
        rechecked = check(after)
        if len(rechecked.errors) > len(checked.errors):
            break
        now, checked, applied = after, rechecked, applied + count
    return Fixed(tuple(source.text for source in now), applied, checked)


def _safe_edits(diagnostics: Sequence[Diagnostic]) -> tuple[list[Edit], int]:
    """The edits of safe fixes that do not touch each other: inner ones first, the rest in the next round."""
    chosen: list[Edit] = []
    count = 0
    wanted = [d for d in diagnostics if any(f.applicability == "safe" and f.edits for f in d.fixes)]
    for diagnostic in sorted(wanted, key=_extent):
        found = next(f for f in diagnostic.fixes if f.applicability == "safe" and f.edits)
        if not any(edit.span.source.context for edit in found.edits) and not _touches(found.edits, chosen):
            chosen += found.edits
            count += 1
    return chosen, count


def _extent(d: Diagnostic) -> int:
    """The length of the text that the fix of a diagnostic touches."""
    found = next(f for f in d.fixes if f.applicability == "safe" and f.edits)
    return max(e.span.end for e in found.edits) - min(e.span.start for e in found.edits)


def _touches(edits: Sequence[Edit], chosen: Sequence[Edit]) -> bool:
    """Does the stretch from the first to the last edit overlap another fix's edits?"""
    start, end = min(e.span.start for e in edits), max(e.span.end for e in edits)
    source = edits[0].span.source
    return any(other.span.source is source and other.span.start <= end and start <= other.span.end for other in chosen)


def _edited(source: Source, edits: Sequence[Edit]) -> Source:
    mine = [edit for edit in edits if edit.span.source is source]
    return Source(source.name, apply_edits(source, mine), source.context) if mine else source

"""Applies the edits that surely keep the meaning, again and again, until nothing more can be mended."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from naslforge.lang.diagnostics import Diagnostic, Edit, Fix, apply_edits
from naslforge.lang.program import Checked, check
from naslforge.lang.source import Source

MOST_ROUNDS = 20  # each round mends every fault it can; nested faults need one round for each level


@dataclass(frozen=True, slots=True)
class Fixed:
    """The texts after mending, in the order of the sources, how many fixes went in, and what is left to say."""

    texts: tuple[str, ...]
    applied: int
    checked: Checked


def fix(sources: Sequence[Source]) -> Fixed:
    """Apply safe fixes to the sources an author wrote; given text stays as it is.

    A round that brings an error that was not there is taken back and its fixes are tried one by one: a fix may mend,
    never break.
    """
    now, checked, applied = list(sources), check(sources), 0
    for _ in range(MOST_ROUNDS):
        chosen = _safe_fixes(checked.diagnostics)
        better = _after(now, checked, chosen) if chosen else None
        if better is not None:
            now, checked, applied = *better, applied + len(chosen)
            continue
        one_by_one = (_after(now, checked, [one]) for one in chosen)
        first = next((made for made in one_by_one if made is not None), None)
        if first is None:
            break
        now, checked, applied = *first, applied + 1
    return Fixed(tuple(source.text for source in now), applied, checked)


def _after(now: Sequence[Source], checked: Checked, fixes: Sequence[Fix]) -> tuple[list[Source], Checked] | None:
    """The sources and what they check to after some fixes; None where that mends nothing or breaks something."""
    after = [_edited(source, [edit for fix in fixes for edit in fix.edits]) for source in now]
    if [s.text for s in after] == [s.text for s in now]:
        return None
    rechecked = check(after)
    new = Counter(map(_words, rechecked.errors)) - Counter(map(_words, checked.errors))
    return None if new and len(rechecked.errors) >= len(checked.errors) else (after, rechecked)


def _words(d: Diagnostic) -> tuple[str, str]:
    """An error wherever it stands: its rule and words, numbers of lines left out."""
    return d.rule.code, re.sub(r"\d+", "0", d.message)


def _safe_fixes(diagnostics: Sequence[Diagnostic]) -> list[Fix]:
    """Safe fixes that do not touch each other: inner ones first, the rest in the next round."""
    chosen: list[Edit] = []
    fixes: list[Fix] = []
    wanted = [d for d in diagnostics if any(f.applicability == "safe" and f.edits for f in d.fixes)]
    for diagnostic in sorted(wanted, key=_extent):
        found = next(f for f in diagnostic.fixes if f.applicability == "safe" and f.edits)
        if not any(edit.span.source.context for edit in found.edits) and not _touches(found.edits, chosen):
            chosen += found.edits
            fixes.append(found)
    return fixes


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

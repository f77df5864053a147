"""What the checker makes of faulty programs: which faults it finds, what its edits do."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from faults.making import Fault, Faulty
from faults.view import Reference
from naslforge.judge import judge
from naslforge.lang import Diagnostic, Fix, Source, apply_edits, check, fix


@dataclass(slots=True)
class Tally:
    """Counts over programs; `missed` and `broke` keep what to look at."""

    programs: int = 0
    equivalent: int = 0
    faults: int = 0
    found: int = 0
    with_edit: int = 0
    clean: int = 0
    judged: int = 0
    right_again: int = 0
    safe_edits: int = 0
    broke: int = 0
    elsewhere: int = 0
    again: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)  # faults, found, with an edit, alone, alone made clean
    missed: list[tuple[Faulty, Fault]] = field(default_factory=list)
    breaking: list[tuple[Reference, str, Diagnostic, str]] = field(default_factory=list)
    wrong: list[Faulty] = field(default_factory=list)
    extra: Counter[tuple[str, str]] = field(default_factory=Counter)


def measure(tally: Tally, broken: Faulty, *, judged: bool = True) -> None:
    """Count what is found in one faulty program and what its edits do."""
    reference = broken.reference
    sources = reference.sources(broken.text)
    errors = check(sources).errors
    if not errors and reference.task is not None and judge(reference.task, broken.text).passed:
        tally.equivalent += 1
        return
    tally.programs += 1
    _faults(tally, broken, errors)
    fixed = fix(sources)
    clean = bool(errors) and not fixed.checked.errors
    tally.clean += clean
    if len(broken.faults) == 1:
        row = tally.kinds[broken.faults[0].kind]
        row[3] += 1
        row[4] += clean
    if clean and judged and reference.task is not None:
        tally.judged += 1
        passed = judge(reference.task, fixed.texts[1]).passed
        tally.right_again += passed
        if not passed:
            tally.wrong.append(broken)
    try_edits(tally, reference, sources, errors)


def _faults(tally: Tally, broken: Faulty, errors: Iterable[Diagnostic]) -> None:
    """Each fault is found by an error at its place; every further error is one too many."""
    left = list(errors)
    for fault in broken.faults:
        row = tally.kinds.setdefault(fault.kind, [0, 0, 0, 0, 0])
        telling = [d for d in left if fault.told_by(d)]
        left = [d for d in left if d not in telling]
        edit = any(f.edits for d in telling for f in d.fixes)
        tally.faults += 1
        tally.found += bool(telling)
        tally.with_edit += edit
        tally.again += max(0, len(telling) - 1) if not _spread(fault) else 0
        row[0], row[1], row[2] = row[0] + 1, row[1] + bool(telling), row[2] + edit
        if not telling:
            tally.missed.append((broken, fault))
    tally.elsewhere += len(left)
    for d in left:
        tally.extra[("+".join(sorted({f.kind for f in broken.faults})), d.rule.name)] += 1


def _spread(fault: Fault) -> bool:
    """Does the fault show in several places, each worth a report of its own?"""
    return len(fault.places) > 1


def try_edits(tally: Tally, reference: Reference, sources: list[Source], errors: Iterable[Diagnostic]) -> None:
    """Apply each safe edit alone: an error that was not there before is the edit's doing."""
    errors = list(errors)
    before = Counter(map(_what, errors))
    for d in errors:
        safe = next((f for f in d.fixes if f.applicability == "safe" and f.edits), None)
        if safe is None:
            continue
        tally.safe_edits += 1
        text = _applied(sources[1], safe)
        after = check(reference.sources(text)).errors
        new = Counter(map(_what, after)) - before
        if new and len(after) >= len(errors):
            tally.broke += 1
            tally.breaking.append((reference, sources[1].text, d, text))


def _applied(source: Source, safe: Fix) -> str:
    return apply_edits(source, safe.edits)


def _what(d: Diagnostic) -> tuple[str, str]:
    """An error without its place: rule and words, with line numbers left out."""
    return d.rule.code, re.sub(r"\d+", "0", d.message)

"""What must hold for any input: no exception, an end in good time, and places, edits and words that are in order."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from naslforge import lang

MOST_RENDERED = 40


class Broken(Exception):
    """A promise that does not hold for an input."""


@dataclass(frozen=True, slots=True)
class Result:
    """`outcome` is clean, hints or errors; processor seconds of the check, and of everything."""

    outcome: str
    diagnostics: int
    check: float
    all: float


def examine(text: str, fix: bool = False) -> Result:
    """Check, render and format a text, and mend it where asked. Raises Broken, or whatever escapes the toolchain."""
    started = time.process_time()
    source = lang.Source("input.ts", text)
    checked = lang.check([source])
    spent = time.process_time() - started
    if not checked.units[0].holes and any(type(node).__name__ == "Hole" for node in checked.units[0].walk()):
        raise Broken("a hole that was not counted")
    for diagnostic in checked.diagnostics:
        _in_order(diagnostic, source)
    for style in ("text", "json"):
        lang.render(checked.diagnostics[:MOST_RENDERED], style)
    lang.feedback(checked.diagnostics)
    _formatted(source)
    if fix:
        _mended(source, checked)
    outcome = "errors" if checked.errors else "hints" if checked.diagnostics else "clean"
    return Result(outcome, len(checked.diagnostics), spent, time.process_time() - started)


def _in_order(diagnostic: lang.Diagnostic, source: lang.Source) -> None:
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    spans += [edit.span for fix in diagnostic.fixes for edit in fix.edits]
    for span in spans:
        if span.source is not source or not 0 <= span.start <= span.end <= len(source.data):
            raise Broken(f"{diagnostic.rule.name}: a place outside the text: {span.start} to {span.end}")
        _whole_characters(diagnostic, source.data, (span.start, span.end))
    if not diagnostic.message.strip() or not diagnostic.message_zh.strip():
        raise Broken(f"{diagnostic.rule.name}: no words")
    for fix in diagnostic.fixes:
        if fix.applicability == "safe" and not fix.edits:
            raise Broken(f"{diagnostic.rule.name}: a safe fix without edits")
        lang.apply_edits(source, fix.edits)


def _whole_characters(diagnostic: lang.Diagnostic, data: bytes, places: Iterable[int]) -> None:
    for place in places:
        if place < len(data) and data[place] & 0xC0 == 0x80:
            raise Broken(f"{diagnostic.rule.name}: a place inside a character: {place}")


def _formatted(source: lang.Source) -> None:
    """A text without faults of syntax has one canonical form, which has none either."""
    if any(d.is_error for d in lang.parse([source]).diagnostics):
        return
    once = lang.format_source(source.text)
    found = [d for d in lang.parse([lang.Source("formatted.ts", once)]).diagnostics if d.is_error]
    if found:
        raise Broken(f"formatting brings a fault: {lang.render(found[:1])}")
    if lang.format_source(once) != once:
        raise Broken("formatting twice changes the text again")


def _mended(source: lang.Source, checked: lang.Checked) -> None:
    fixed = lang.fix([source])
    if len(fixed.checked.errors) > len(checked.errors):
        raise Broken(f"mending turns {len(checked.errors)} errors into {len(fixed.checked.errors)}")

"""From a text to a tree worth reading: slips are mended first, braces where they do not match, then lines that spoil
everything round them are taken out one by one. Whatever is mended or taken out is reported.
"""

import re

from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix, Report
from naslforge.lang.grammar import CST, looks_like_page, parse_text
from naslforge.lang.lower.brackets import mend_braces, mend_parens
from naslforge.lang.lower.damage import UNREAD, blame, damage, first_fault, stand_in
from naslforge.lang.lower.element_slips import FOREIGN, element_slips
from naslforge.lang.lower.items import UnitLowering
from naslforge.lang.lower.operands import bare_operands
from naslforge.lang.lower.prepare import Prepared, Repair
from naslforge.lang.lower.slips_of_lines import line_slips
from naslforge.lang.lower.slips_of_text import broken_slips, text_slips
from naslforge.lang.lower.tags import code_alone, markup
from naslforge.lang.source import Source

_ROUNDS = 8
_VUE_FILE = re.compile(rb"\s*(?:<!--.*?-->\s*)?(<(?:template|script|style)\b[^>]*>)", re.S)
_MOST_PARENS = 20
_MOST_BYTES = 200_000  # longer texts are read as they are: each round is a parse


def readable(source: Source, report: Report) -> tuple[Prepared, CST]:
    """The prepared text and its syntax tree."""
    if (file := _VUE_FILE.match(source.data)) is not None:
        report.add(rules.VUE_FILE, source.span(file.start(1), file.end(1)))
        return _empty(source)
    slips = text_slips(source, report, code_alone(source.data))
    prepared = Prepared(source).with_repairs(slips)
    root = parse_text(prepared.data)
    clean = root is not None and not root.has_error
    if not clean and (bare := bare_operands(prepared)):
        prepared = prepared.with_repairs(bare)
        root = parse_text(prepared.data)
        clean = root is not None and not root.has_error
    if clean and not (looks_like_page(prepared.data) and FOREIGN.search(prepared.data)):
        assert root is not None
        return prepared, root
    if not clean:
        repairs = list(prepared.repairs)
        if not slips:
            repairs += text_slips(source, report, code_alone(source.data), broken=True)
        prepared = Prepared(source).with_repairs([*repairs, *line_slips(source, report, repairs)])
    if not clean:
        prepared = prepared.with_repairs(broken_slips(prepared, report))
    found = markup(prepared.data)
    repairs = element_slips(prepared, found, report, broken=not clean)
    prepared = prepared.with_repairs(repairs)
    if not clean:
        prepared = prepared.with_repairs(mend_braces(prepared, code_alone(prepared.data), report))
    if prepared.repairs:
        root = parse_text(prepared.data)
    if root is None:
        return _nothing(source, report)
    prepared, root = _with_parens(prepared, root, report)
    return _mended(*_without_elements(prepared, root, report), report)


def _with_parens(prepared: Prepared, root: CST, report: Report) -> tuple[Prepared, CST]:
    """The text with `)` and `]` where statements end, if that mends more than the grammar could by itself."""
    before = damage(root)
    if not before or len(prepared.data) > _MOST_BYTES:
        return prepared, root
    repairs = [(at, text) for at, text in mend_parens(code_alone(prepared.data))][:_MOST_PARENS]
    places = [prepared.back_end(at) for at, _ in repairs]
    after = prepared.with_repairs(Repair(at, at, text) for at, (_, text) in zip(places, repairs, strict=True))
    tree = parse_text(after.data) if repairs else None
    if tree is None or damage(tree) >= before:
        return prepared, root
    for at, (_, text) in zip(places, repairs, strict=True):
        place = prepared.source.span(at, at)
        fix = Fix(f"write `{text}`", (Edit(place, text),), "unsafe")
        report.add(rules.MISSING_TOKEN, place, fixes=[fix], token=text)
    return after, tree


def _without_elements(prepared: Prepared, root: CST, report: Report) -> tuple[Prepared, CST]:
    """The text with a stand-in for each tree of elements that spoils the code around it."""
    before = damage(root)
    if not before or len(prepared.data) > _MOST_BYTES:
        return prepared, root
    places = [(prepared.back(start), prepared.back_end(end)) for start, end in markup(prepared.data).outer()]
    for first, last in places[:_ROUNDS]:
        kept = [repair for repair in prepared.repairs if repair.end <= first or repair.start >= last]
        after = Prepared(prepared.source).with_repairs([*kept, Repair(first, last, UNREAD)])
        tree = parse_text(after.data)
        if tree is None or damage(tree) >= before:
            continue
        if not any(first <= one.span.start <= last for one in report.found):
            found = first_fault(root, prepared, first, last)
            if found is not None:
                UnitLowering(prepared, report).report_fault(found)
            else:
                end = prepared.source.data.find(b"\n", first, last)
                place = prepared.source.span(first, last if end < 0 else end)
                report.add(rules.SYNTAX_ERROR, place, text=f"`{place.text}`")
        prepared, root, before = after, tree, damage(tree)
    return prepared, root


def _mended(prepared: Prepared, root: CST, report: Report) -> tuple[Prepared, CST]:
    """The text without the lines that spoil others."""
    if not root.has_error or len(prepared.data) > _MOST_BYTES:
        return prepared, root
    for _ in range(_ROUNDS):
        better = _without_worst(prepared, root, report)
        if better is None:
            break
        prepared, root = better
    return prepared, root


def _nothing(source: Source, report: Report) -> tuple[Prepared, CST]:
    """A text on which the grammar itself gets stuck: read as an empty one."""
    end = source.data.find(b"\n")
    place = source.span(0, len(source.data) if end < 0 else end)
    report.add(rules.SYNTAX_ERROR, place, text="this text", text_zh="这段文本")
    return _empty(source)


def _empty(source: Source) -> tuple[Prepared, CST]:
    """A text of which nothing can be read."""
    prepared = Prepared(source, (Repair(0, len(source.data), ""),))
    root = parse_text(b"")
    assert root is not None
    return prepared, root


def _without_worst(prepared: Prepared, root: CST, report: Report) -> tuple[Prepared, CST] | None:
    """The text with a stand-in for the line that spoils most; None where that makes nothing better."""
    before = damage(root)
    found = blame(root) if before else None
    if found is None:
        return None
    start, end, text = stand_in(prepared, found.line)
    first, last = prepared.back(start), prepared.back_end(end) if end > start else prepared.back(start)
    kept = [repair for repair in prepared.repairs if repair.end <= first or repair.start >= last]
    after = Prepared(prepared.source).with_repairs([*kept, Repair(first, last, text)])
    tree = parse_text(after.data)
    if tree is None or damage(tree) >= before:
        return None
    UnitLowering(prepared, report).report_fault(found.cst)
    return after, tree

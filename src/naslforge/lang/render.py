"""Diagnostics for a terminal, as JSON, or as feedback to a model."""

import json
from collections.abc import Iterable, Sequence
from typing import Literal
from unicodedata import east_asian_width

from naslforge.lang.diagnostics import Diagnostic, Fix, apply_edits
from naslforge.lang.rulebook import rule_page
from naslforge.lang.rules import rules
from naslforge.lang.source import Source, Span

Format = Literal["text", "json", "feedback"]
_MOST_FEEDBACK = 20
_COLOURS = {"error": "31;1", "warning": "33;1", "hint": "36;1", "dim": "2", "bold": "1"}


def render(diagnostics: Iterable[Diagnostic], format: Format = "text", *, colour: bool = False) -> str:
    """The diagnostics as text with code frames, as JSON Lines, or as short feedback to a model."""
    found = list(diagnostics)
    if format == "json":
        return "\n".join(json.dumps(d.to_json(), ensure_ascii=False) for d in found)
    if format == "feedback":
        return feedback(found)
    return "\n\n".join(_Frame(colour).diagnostic(d) for d in found)


# --- for a terminal


class _Frame:
    """Writes a diagnostic with the line it speaks of."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour and text else text

    def diagnostic(self, d: Diagnostic) -> str:
        start = d.span.source.position(d.span.start)
        head = self.paint(f"{d.rule.severity}[{d.rule.code}]", d.rule.severity)
        lines = [f"{head} {self.paint(d.rule.name, 'dim')}: {self.paint(d.message, 'bold')}"]
        lines.append(self.paint(f"  --> {d.span.source.name}:{start.line}:{start.column}", "dim"))
        lines += self.frame(d.span, d.rule.severity)
        for label in d.labels:
            lines.append(f"   = {label.message} ({label.message_zh}):")
            lines += self.frame(label.span, "dim")
        lines.append(f"   = {d.message_zh}")
        lines += [f"   = fix{' (--fix)' if f.applicability == 'safe' else ''}: {self.edited(d, f)}" for f in d.fixes]
        return "\n".join(lines)

    def frame(self, span: Span, style: str) -> list[str]:
        """The first line of a place, marked."""
        source = span.source
        start, end = source.position(span.start), source.position(span.end)
        line = source.line(start.line)
        stop = end.column if end.line == start.line else len(line) + 1
        before, marked = line[: start.column - 1], line[start.column - 1 : stop - 1]
        number = f"{start.line:>4} | "
        pad = "".join("\t" if c == "\t" else " " * _width(c) for c in before)
        mark = self.paint("^" * max(1, sum(map(_width, marked))), style)
        return [self.paint(number, "dim") + line, " " * (len(number) - 2) + "| " + pad + mark]

    def edited(self, d: Diagnostic, fix: Fix) -> str:
        line = edited_line(fix)
        return f"`{line}`" if line else fix.title


def _width(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else 1


def edited_line(fix: Fix) -> str | None:
    """The line as it reads after the fix, where the fix stays in one line."""
    if not fix.edits or any("\n" in edit.text for edit in fix.edits):
        return None
    source = fix.edits[0].span.source
    numbers = {source.position(place).line for edit in fix.edits for place in (edit.span.start, edit.span.end)}
    if len(numbers) != 1 or any(edit.span.source is not source for edit in fix.edits):
        return None
    changed = Source(source.name, apply_edits(source, fix.edits))
    return changed.line(numbers.pop()).strip()


# --- for a model


def feedback(diagnostics: Sequence[Diagnostic], most: int = _MOST_FEEDBACK) -> str:
    """What is wrong, line by line, in Chinese, with the line that a fix would give; errors first."""
    ordered = [d for d in diagnostics if d.is_error] or list(diagnostics)
    parts: list[str] = []
    last = None
    for d in ordered[:most]:
        at = (d.span.source.name, d.span.source.position(d.span.start).line)
        if at != last:
            parts.append(f"第 {at[1]} 行：`{_shortened(d.span.source.line(at[1]).strip())}`")
        parts.append(f"- {d.rule.code} {d.message_zh}")
        line = next(filter(None, map(edited_line, d.fixes)), None)
        if line:
            parts.append(f"  改为：`{line}`")
        last = at
    if len(ordered) > most:
        parts.append(f"另有 {len(ordered) - most} 处错误未列出。")
    return "\n".join(parts)


def _shortened(line: str, most: int = 160) -> str:
    return line if len(line) <= most else line[: most - 1] + "…"


# --- rules


def explain(code: str) -> str | None:
    """The page of a rule by code or name, in both languages, with its programs; None for an unknown rule."""
    rule = next((r for r in rules().values() if code.upper() == r.code or code == r.name), None)
    if rule is None:
        return None
    parts = [f"{rule.code} {rule.name} ({rule.severity}, {rule.stage})\n  {rule.message}\n  {rule.message_zh}"]
    page = rule_page(rule.code)
    if page is not None:
        parts += [page.why, page.why_zh]
        programs = (("Given 已有声明", page.context), ("Wrong 错误", page.wrong), ("Right 正确", page.right))
        parts += [f"{title}:\n{_indented(text)}" for title, text in programs if text]
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip().split("\n"))

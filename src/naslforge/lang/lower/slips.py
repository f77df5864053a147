"""Words for lines that are another language: Python, SQL. Asked only where the grammar has given up."""

import re

from naslforge.lang import rules
from naslforge.lang.diagnostics import Rule
from naslforge.lang.source import Span

_PYTHON_DEF = re.compile(r"^\s*(async\s+)?def\s+\w+")
_PYTHON_BLOCK = re.compile(r"^\s*(if|elif|else|for|while|try|except|with)\b[^{}]*:\s*(#.*)?$")
_PYTHON_FOR = re.compile(r"^\s*for\s+\w+(\s*,\s*\w+)?\s+in\b")
_BARE_CONDITION = re.compile(r"^\s*(if|while)\s+[^(\s].*\{\s*$")
_SQL = re.compile(
    r"(?:^|[=(])\s*(?:select\s+[\w*`].*\bfrom\b|insert\s+into\b|update\s+\w+\s+set\b|delete\s+from\b)", re.I
)


def explain(place: Span) -> Rule | None:
    """What the line of a fault is, where it is recognisably of another language."""
    line = place.source.line(place.source.position(place.start).line)
    if _PYTHON_DEF.search(line):
        return rules.PYTHON_DEF
    if _PYTHON_FOR.search(line):
        return rules.PYTHON_FOR
    if _PYTHON_BLOCK.search(line):
        return rules.PYTHON_BLOCK
    if _SQL.search(line) and "FROM(" not in line:
        return rules.SQL_TEXT
    if _BARE_CONDITION.search(line):
        return rules.BARE_CONDITION
    return None

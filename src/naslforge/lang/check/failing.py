"""What is certain to fail when it runs: known from literals alone."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Facts
from naslforge.lang.diagnostics import Report
from naslforge.lang.scope import LibraryCall
from naslforge.lang.types import show

_POSITIONS = ("Get", "Set", "RemoveAt", "Insert")
_READABLE = {
    "Long": re.compile(r"-?\d+"),
    "Decimal": re.compile(r"-?\d+(\.\d+)?"),
    "Boolean": re.compile(r"true|false"),
    "Date": re.compile(r"\s*\d{1,4}[-/]\d{1,2}([-/]\d{1,2})?.*", re.S),
    "DateTime": re.compile(r"\s*\d{1,4}[-/]\d{1,2}([-/]\d{1,2})?.*|\d+", re.S),
    "Time": re.compile(r"\d{2}:\d{2}(:\d{2})?"),
}
_TOKENS = {
    "FormatDate": ("yyyy", "YYYY", "MM", "dd", "DD", "QQ"),
    "FormatDateTime": ("yyyy", "YYYY", "MM", "dd", "DD", "QQ", "HH", "mm", "ss", "ms"),
    "FormatTime": ("HH", "H", "mm", "m", "ss", "s"),
}
_LETTERS = re.compile(r"[yYMdDHhmsQ]+")


def sure_to_fail(node: n.Node, facts: Facts, report: Report) -> None:
    """Report a division by 0, a negative position, a text that cannot be read, an unknown token of a format."""
    if isinstance(node, n.Binary) and node.op in ("/", "%") and _is_zero(node.right):
        report.add(rules.DIVISION_BY_ZERO, node.span)
    call = facts.calls.get(node)
    if not isinstance(node, n.Call) or not isinstance(call, LibraryCall):
        return
    name, args = call.builtin.name, node.args
    if name in _POSITIONS and len(args) > 1 and isinstance(args[1], n.Number) and args[1].text.startswith("-"):
        report.add(rules.POSITION_OUT_OF_RANGE, args[1].span, name=name, value=args[1].text)
    elif name == "TruncDivide" and len(args) > 1 and _is_zero(args[1]):
        report.add(rules.DIVISION_BY_ZERO, node.span)
    elif name == "FromString" and args and isinstance(args[0], n.Text) and call.type_args:
        wanted = show(call.type_args[0])
        if wanted in _READABLE and not _READABLE[wanted].fullmatch(args[0].value):
            report.add(rules.BAD_TEXT, args[0].span, text=args[0].span.text, type=wanted)
    elif name in _TOKENS and len(args) > 1 and isinstance(args[1], n.Text):
        _format(args[1], name, report)


def _is_zero(e: n.Expr) -> bool:
    return isinstance(e, n.Null) or (isinstance(e, n.Number) and not e.text.strip("-0."))


def _format(e: n.Text, name: str, report: Report) -> None:
    tokens = "|".join(sorted(_TOKENS[name], key=len, reverse=True))
    left = re.sub(tokens, " ", e.value)
    found = _LETTERS.search(left)
    if found:
        known = ", ".join(f"`{token}`" for token in _TOKENS[name])
        report.add(rules.FORMAT_TOKEN, e.span, token=found.group(), name=name, known=known)

"""Calls with type arguments behind an operator, put right.

The grammar reads `1 + f<Long>(x) * 2` as `((1 + f)<Long>(x)) * 2`: the call swallows the operators before it. Such a
row is taken apart into operands and operators, and built again by precedence.
"""

from dataclasses import dataclass

from naslforge.lang import nodes as n
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.reader import GENERICS
from naslforge.lang.lower.types import TypeLowering
from naslforge.lang.source import Span

LEVELS = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
OPERATORS = {op: op for op in LEVELS} | {"===": "==", "!==": "!="}
SWALLOWED = ("binary_expression", "unary_expression")
OPEN = {  # what may stand around a swallowed operator, and where to look for it
    "call_expression": ("function",),
    "member_expression": ("object",),
    "subscript_expression": ("object",),
    "binary_expression": ("left", "right"),
    "unary_expression": ("argument",),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator in the row; `prefix` before its operand."""

    text: str
    span: Span
    prefix: bool = False


Row = list[n.Expr | Sign]


def swallowed(cst: CST) -> bool:
    """Is there a call here that swallowed the operators before it?"""
    if cst.type not in OPEN:
        return False
    inner = [field(cst, name) for name in OPEN[cst.type]]
    first = inner[0]
    if cst.type == "call_expression" and first is not None and first.type in SWALLOWED:
        return field(cst, "type_arguments") is not None
    return any(part is not None and swallowed(part) for part in inner)


class Regrouping(TypeLowering):
    """Builds swallowed rows again."""

    def regrouped(self, cst: CST) -> n.Expr | None:
        """The expression built again; None where nothing was swallowed, or by an operator that NASL lacks."""
        if not GENERICS.search(self.prepared.data, cst.start_byte, cst.end_byte) or not swallowed(cst):
            return None
        row = self._row(cst)
        if any(isinstance(item, Sign) and item.text not in (*OPERATORS, "!") for item in row):
            return None
        found, rest = _built(row, 0, 0)
        assert rest == len(row)
        return found

    def _row(self, cst: CST) -> Row:
        """Operands and operators from left to right."""
        if cst.type == "binary_expression":
            left, op, right = fields(cst, "left", "operator", "right")
            return [*self._row(left), Sign(self.text(op), self.at(op)), *self._row(right)]
        if cst.type == "unary_expression":
            op, operand = fields(cst, "operator", "argument")
            return [Sign(self.text(op), self.at(op), prefix=True), *self._row(operand)]
        if not swallowed(cst):
            return [self.expr(cst)]
        owner = field(cst, OPEN[cst.type][0])
        assert owner is not None
        row = self._row(owner)
        last = row.pop()
        assert not isinstance(last, Sign)
        span = last.span.to(self.at(cst))
        if cst.type == "call_expression":
            type_args, args = fields(cst, "type_arguments", "arguments")
            row.append(n.Call(span, last, self.type_args(type_args), tuple(map(self.argument, parts(args)))))
        elif cst.type == "member_expression":
            row.append(n.Member(span, last, self.ident(field(cst, "property"))))
        else:
            row.append(n.Index(span, last, self.expr(field(cst, "index"))))
        return row


def _built(row: Row, at: int, level: int) -> tuple[n.Expr, int]:
    """The expression from `at` on whose operators bind tighter than `level`, and where it ends."""
    left, at = _operand(row, at)
    while at < len(row):
        sign = row[at]
        assert isinstance(sign, Sign)
        op = OPERATORS[sign.text]
        if LEVELS[op] <= level:
            break
        right, at = _built(row, at + 1, LEVELS[op])
        left = n.Binary(left.span.to(right.span), op, left, right)
    return left, at


def _operand(row: Row, at: int) -> tuple[n.Expr, int]:
    item = row[at]
    if not isinstance(item, Sign):
        return item, at + 1
    inner, at = _operand(row, at + 1)
    span = item.span.to(inner.span)
    if item.text == "-" and isinstance(inner, n.Number) and not inner.text.startswith("-"):
        return n.Number(span, "-" + inner.text), at
    return n.Unary(span, item.text, inner), at

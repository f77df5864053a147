"""First-order mutants of a right program: one small fault each, in what the tests of a task should notice.

Mutation operators after Jia and Harman, "An Analysis and Survey of the Development of Mutation Testing" (IEEE TSE
2011): operators, constants, conditions, removed statements, swapped arguments, and the clauses of queries.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.printer import format_source, print_node
from naslforge.lang.program import Checked, check
from naslforge.lang.scope import EnumItem
from naslforge.lang.source import Source, Span
from naslforge.lang.types import DECIMAL, LONG

_ARITHMETIC = {"+": ("-",), "-": ("+",), "*": ("/", "+"), "/": ("*",), "%": ("*",)}
_COMPARISON = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",)}
_LOGICAL = {"&&": "||", "||": "&&"}
_AGGREGATES = {"SUM": "AVG", "AVG": "SUM", "MAX": "MIN", "MIN": "MAX", "COUNT": "COUNT_DISTINCT"}
_AGGREGATES["COUNT_DISTINCT"] = "COUNT"
_LIBRARY = {
    "ListMax": "ListMin", "ListMin": "ListMax", "ListSum": "ListAverage", "ListAverage": "ListSum",
    "ListHead": "ListLast", "ListLast": "ListHead", "ToUpper": "ToLower", "ToLower": "ToUpper",
    "StartWith": "EndWith", "EndWith": "StartWith", "IndexOf": "LastIndexOf", "LastIndexOf": "IndexOf",
    "Floor": "Ceil", "Ceil": "Floor",
}  # fmt: skip
_JOINS = {"INNER": "LEFT", "LEFT": "INNER"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one fault: `kind` of fault, the place in the original, what stood there and what stands now."""

    kind: str
    span: Span
    before: str
    after: str
    text: str


def mutants(source: Source, context: tuple[Source, ...] = ()) -> list[Mutant]:
    """Every first-order mutant of a program that still checks and is not the same program, in the order of places."""
    checked = check([*context, source])
    if checked.errors:
        raise ValueError("a program with errors has no mutants")
    unit = next(unit for unit in checked.units if unit.source is source)
    seen = {format_source(source.text)}
    found = []
    for change in _changes(checked, unit):
        text = _applied(source, change)
        if text is not None and text not in seen and not check([*context, Source(source.name, text)]).errors:
            seen.add(text)
            before, after = change.shown or (change.old.span.text, change.new)
            found.append(Mutant(change.kind, change.old.span, " ".join(before.split()), " ".join(after.split()), text))
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    kind: str
    old: n.Node
    new: str
    shown: tuple[str, str] | None = None  # where the whole texts would hide the change


def _applied(source: Source, change: _Change) -> str | None:
    span = change.old.span
    data = source.data[: span.start] + change.new.encode() + source.data[span.end :]
    try:
        return format_source(data.decode())
    except ValueError:
        return None


def _changes(checked: Checked, unit: n.Unit) -> Iterator[_Change]:
    for node in unit.walk():
        for kinds, make in _MAKERS:
            if isinstance(node, kinds):
                yield from make(checked, node)


def _with(kind: str, node: n.Node, **changed: Any) -> _Change:
    """The node with other fields, in brackets where it is an expression that others may bind to."""
    text = print_node(replace(node, **changed))
    return _Change(kind, node, f"({text})" if isinstance(node, n.Binary | n.Unary) else text)


def _binary(checked: Checked, node: n.Binary) -> Iterator[_Change]:
    numbers = all(checked.types.get(side) in (LONG, DECIMAL) for side in (node.left, node.right))
    if node.op in _LOGICAL:
        yield _with("logical operator", node, op=_LOGICAL[node.op])
        yield _Change("condition", node, f"({print_node(node.left)})")
        yield _Change("condition", node, f"({print_node(node.right)})")
    elif node.op in _ARITHMETIC and numbers:
        yield from (_with("arithmetic operator", node, op=op) for op in _ARITHMETIC[node.op])
    elif node.op == "+":
        yield _with("operands", node, left=node.right, right=node.left)
    for op in _COMPARISON.get(node.op, ()):
        yield _with("boundary" if op.rstrip("=") == node.op.rstrip("=") else "comparison", node, op=op)


def _unary(_: Checked, node: n.Unary) -> Iterator[_Change]:
    yield _Change("condition" if node.op == "!" else "arithmetic operator", node, f"({print_node(node.operand)})")


def _number(_: Checked, node: n.Number) -> Iterator[_Change]:
    whole, point, rest = node.text.partition(".")
    for step in (1, -1):
        text = f"{int(whole) + step}{point}{rest}"
        yield _Change("constant", node, f"({text})" if text.startswith("-") else text)


def _text(_: Checked, node: n.Text) -> Iterator[_Change]:
    yield _Change("constant", node, "''" if node.value else "'x'")


def _bool(_: Checked, node: n.Bool) -> Iterator[_Change]:
    yield _Change("constant", node, "false" if node.value else "true")


def _member(checked: Checked, node: n.Member) -> Iterator[_Change]:
    """Another item of the same enum."""
    ref = checked.refs.get(node)
    if isinstance(ref, EnumItem):
        items = [member for member, _, _ in checked.enums[ref.enum]]
        if len(items) > 1:
            other = items[(items.index(ref.member) + 1) % len(items)]
            yield _Change("constant", node, f"{node.object.span.text}.{other}")


def _if(_: Checked, node: n.If) -> Iterator[_Change]:
    yield _Change("condition", node.test, f"!({node.test.span.text})")
    yield _Change("condition", node.test, "true")
    if isinstance(node.otherwise, n.Block) and node.otherwise.statements:
        yield _Change("removed statement", node.otherwise, "{ }")


def _loop(_: Checked, node: n.ForList) -> Iterator[_Change]:
    """A loop that misses its first item."""
    if node.start is None:
        yield _with("boundary", node, start=n.Number(node.span, "1"))


def _statement(_: Checked, node: n.Assign | n.ExprStmt | n.If) -> Iterator[_Change]:
    yield _Change("removed statement", node, "")


def _call(checked: Checked, node: n.Call) -> Iterator[_Change]:
    place = node.callee.name if isinstance(node.callee, n.Member) else node.callee
    known = _LIBRARY if isinstance(node.callee, n.Member) else _AGGREGATES
    if isinstance(place, n.Ident | n.Name) and place.name in known:
        yield _Change("function", place, known[place.name])
    for i, (left, right) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if checked.types.get(left) == checked.types.get(right) is not None:
            yield _with("swapped arguments", node, args=(*node.args[:i], right, left, *node.args[i + 2 :]))


def _query(_: Checked, node: n.Query) -> Iterator[_Change]:
    def without(clause: str, was: n.Node, **changed: Any) -> _Change:
        return replace(_with(f"no {clause}", node, **changed), shown=(f".{clause} {was.span.text}", ""))

    if node.where:
        yield without("WHERE", node.where, where=None)
    if node.having:
        yield without("HAVING", node.having, having=None)
    if node.limit:
        yield without("LIMIT", node.limit, limit=None)
    if node.order_by:
        yield without("ORDER_BY", node.order_by[0], order_by=())
    if node.distinct and node.select:
        yield without("DISTINCT", node.select, distinct=False)
    for i, join in enumerate(node.joins):
        if join.kind in _JOINS:
            other = _JOINS[join.kind]
            joins = (*node.joins[:i], replace(join, kind=other), *node.joins[i + 1 :])
            yield replace(_with("kind of join", node, joins=joins), shown=(f"{join.kind}_JOIN", f"{other}_JOIN"))
    for i, key in enumerate(node.order_by):
        if key.direction is None or isinstance(key.direction, n.Text):
            falls = key.direction is not None and key.direction.value.upper() == "DESC"
            turned = replace(key, direction=n.Text(key.span, "ASC" if falls else "DESC"))
            order = (*node.order_by[:i], turned, *node.order_by[i + 1 :])
            shown = (key.span.text, "'ASC'" if falls else "'DESC'")
            yield replace(_with("direction", node, order_by=order), shown=shown)


_MAKERS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[_Change]]], ...] = (
    (n.Binary, _binary), (n.Unary, _unary), (n.Number, _number), (n.Text, _text), (n.Bool, _bool),
    (n.Member, _member), (n.If, _if), (n.ForList, _loop), ((n.Assign, n.ExprStmt, n.If), _statement), (n.Call, _call),
    (n.Query, _query),
)  # fmt: skip

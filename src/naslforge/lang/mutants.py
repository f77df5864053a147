"""First-order mutants of a right program: one small fault each, in what the tests of a task should notice.

Mutation operators after Jia and Harman, "An Analysis and Survey of the Development of Mutation Testing" (IEEE TSE
2011): operators, constants, conditions, removed statements, swapped arguments, and the clauses of queries.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from naslforge.lang import nodes as n
from naslforge.lang.changes import Change, with_fields
from naslforge.lang.neighbours import query_changes
from naslforge.lang.printer import format_source, print_node
from naslforge.lang.program import Checked, check
from naslforge.lang.scope import EnumItem
from naslforge.lang.source import Source, Span
from naslforge.lang.types import DECIMAL, LONG

_ARITHMETIC = {"+": ("-",), "-": ("+",), "*": ("/", "+"), "/": ("*",), "%": ("*",)}
_COMPARISON = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",)}
_LOGICAL = {"&&": "||", "||": "&&"}
_LIBRARY = {
    "ListMax": "ListMin", "ListMin": "ListMax", "ListSum": "ListAverage", "ListAverage": "ListSum",
    "ListHead": "ListLast", "ListLast": "ListHead", "ToUpper": "ToLower", "ToLower": "ToUpper",
    "StartWith": "EndWith", "EndWith": "StartWith", "IndexOf": "LastIndexOf", "LastIndexOf": "IndexOf",
    "Floor": "Ceil", "Ceil": "Floor",
}  # fmt: skip


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
        text = change.applied(source)
        if text is not None and text not in seen and not check([*context, Source(source.name, text)]).errors:
            seen.add(text)
            before, after = change.shown or (change.old.span.text, change.new)
            found.append(Mutant(change.kind, change.old.span, " ".join(before.split()), " ".join(after.split()), text))
    return found


def _changes(checked: Checked, unit: n.Unit) -> Iterator[Change]:
    for node in unit.walk():
        for kinds, make in _MAKERS:
            if isinstance(node, kinds):
                yield from make(checked, node)


def _binary(checked: Checked, node: n.Binary) -> Iterator[Change]:
    numbers = all(checked.types.get(side) in (LONG, DECIMAL) for side in (node.left, node.right))
    if node.op in _LOGICAL:
        yield with_fields("logical operator", node, op=_LOGICAL[node.op])
        yield Change("condition", node, f"({print_node(node.left)})")
        yield Change("condition", node, f"({print_node(node.right)})")
    elif node.op in _ARITHMETIC and numbers:
        yield from (with_fields("arithmetic operator", node, op=op) for op in _ARITHMETIC[node.op])
    elif node.op == "+":
        yield with_fields("operands", node, left=node.right, right=node.left)
    for op in _COMPARISON.get(node.op, ()):
        yield with_fields("boundary" if op.rstrip("=") == node.op.rstrip("=") else "comparison", node, op=op)


def _unary(_: Checked, node: n.Unary) -> Iterator[Change]:
    yield Change("condition" if node.op == "!" else "arithmetic operator", node, f"({print_node(node.operand)})")


def _number(_: Checked, node: n.Number) -> Iterator[Change]:
    whole, point, rest = node.text.partition(".")
    for step in (1, -1):
        text = f"{int(whole) + step}{point}{rest}"
        yield Change("constant", node, f"({text})" if text.startswith("-") else text)


def _text(_: Checked, node: n.Text) -> Iterator[Change]:
    yield Change("constant", node, "''" if node.value else "'x'")


def _bool(_: Checked, node: n.Bool) -> Iterator[Change]:
    yield Change("constant", node, "false" if node.value else "true")


def _member(checked: Checked, node: n.Member) -> Iterator[Change]:
    """Another item of the same enum."""
    ref = checked.refs.get(node)
    if isinstance(ref, EnumItem):
        items = [member for member, _, _ in checked.enums[ref.enum]]
        if len(items) > 1:
            other = items[(items.index(ref.member) + 1) % len(items)]
            yield Change("constant", node, f"{node.object.span.text}.{other}")


def _if(_: Checked, node: n.If) -> Iterator[Change]:
    yield Change("condition", node.test, f"!({node.test.span.text})")
    yield Change("condition", node.test, "true")
    if isinstance(node.otherwise, n.Block) and node.otherwise.statements:
        yield Change("removed statement", node.otherwise, "{ }")


def _loop(_: Checked, node: n.ForList) -> Iterator[Change]:
    """A loop that misses its first item."""
    if node.start is None:
        yield with_fields("boundary", node, start=n.Number(node.span, "1"))


def _statement(_: Checked, node: n.Assign | n.ExprStmt | n.If) -> Iterator[Change]:
    yield Change("removed statement", node, "")


def _call(checked: Checked, node: n.Call) -> Iterator[Change]:
    if isinstance(node.callee, n.Member) and node.callee.name.name in _LIBRARY:
        yield Change("function", node.callee.name, _LIBRARY[node.callee.name.name])
    for i, (left, right) in enumerate(zip(node.args, node.args[1:], strict=False)):
        if checked.types.get(left) == checked.types.get(right) is not None:
            yield with_fields("swapped arguments", node, args=(*node.args[:i], right, left, *node.args[i + 2 :]))


_MAKERS: tuple[tuple[type | tuple[type, ...], Callable[..., Iterator[Change]]], ...] = (
    (n.Binary, _binary), (n.Unary, _unary), (n.Number, _number), (n.Text, _text), (n.Bool, _bool),
    (n.Member, _member), (n.If, _if), (n.ForList, _loop), ((n.Assign, n.ExprStmt, n.If), _statement), (n.Call, _call),
    ((n.Query, n.Call, n.Binary, n.Member), query_changes),
)  # fmt: skip

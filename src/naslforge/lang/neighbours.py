"""The neighbours of a query: queries that a reader could take for it, one clause, column or null rule away.

They are what a person or a model writes by mistake: the other join, a lost or added DISTINCT, a key of the order or of
the groups left out, a bound that is not inclusive, `!=` that also takes nulls, the column beside the right one.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.changes import Change, with_fields
from naslforge.lang.printer import print_node
from naslforge.lang.program import Checked
from naslforge.lang.scope import QueryFunction, Row

_JOINS = {
    "INNER": ("LEFT", "RIGHT"),
    "LEFT": ("INNER", "OUTER"),
    "RIGHT": ("INNER", "LEFT"),
    "OUTER": ("LEFT", "RIGHT"),
}
_FUNCTIONS = {
    "SUM": "AVG", "AVG": "SUM", "MAX": "MIN", "MIN": "MAX", "COUNT": "COUNT_DISTINCT", "COUNT_DISTINCT": "COUNT",
    "LIKE": "STARTS_WITH", "STARTS_WITH": "ENDS_WITH", "ENDS_WITH": "STARTS_WITH", "IN": "NOT_IN", "NOT_IN": "IN",
    "IS_NULL": "IS_NOT_NULL", "IS_NOT_NULL": "IS_NULL", "DATE_ADD": "DATE_SUB", "DATE_SUB": "DATE_ADD",
    "LEFT": "RIGHT", "RIGHT": "LEFT", "ROUND": "TRUNCATE", "TRUNCATE": "ROUND",
}  # fmt: skip


def query_changes(checked: Checked, node: n.Node) -> Iterator[Change]:
    """The changes of one node that only queries and filters over rows know."""
    match node:
        case n.Query():
            yield from _clauses(node)
            yield from _joins(node)
            yield from _order(node)
        case n.Call() if isinstance(checked.calls.get(node), QueryFunction):
            yield from _function(node)
        case n.Binary(op="!=") if _over_row(checked, node) and not isinstance(node.right, n.Null):
            yield from _nulls(checked, node)
        case n.Member() if isinstance(checked.refs.get(node.object), Row):
            yield from _column(checked, node)


def _clauses(node: n.Query) -> Iterator[Change]:
    def without(clause: str, was: n.Node, **changed: Any) -> Change:
        return replace(with_fields(f"no {clause}", node, **changed), shown=(f".{clause} {was.span.text}", ""))

    if node.where:
        yield without("WHERE", node.where, where=None)
    if node.having:
        yield without("HAVING", node.having, having=None)
    if node.limit:
        yield without("LIMIT", node.limit, limit=None)
    if node.order_by:
        yield without("ORDER_BY", node.order_by[0], order_by=())
    if node.select and node.distinct:
        yield without("DISTINCT", node.select, distinct=False)
    elif node.select:
        yield replace(with_fields("DISTINCT", node, distinct=True), shown=(".SELECT", ".SELECT_DISTINCT"))
    if len(node.group_by) > 1:
        for i, key in enumerate(node.group_by):
            fewer = node.group_by[:i] + node.group_by[i + 1 :]
            yield replace(with_fields("group", node, group_by=fewer), shown=(key.span.text, ""))


def _joins(node: n.Query) -> Iterator[Change]:
    for i, join in enumerate(node.joins):
        for other in _JOINS.get(join.kind, ()):
            joins = (*node.joins[:i], replace(join, kind=other), *node.joins[i + 1 :])
            shown = (f"{join.kind}_JOIN", f"{other}_JOIN")
            yield replace(with_fields("kind of join", node, joins=joins), shown=shown)


def _order(node: n.Query) -> Iterator[Change]:
    keys = node.order_by
    for i, key in enumerate(keys):
        if key.direction is None or isinstance(key.direction, n.Text):
            falls = key.direction is not None and key.direction.value.upper() == "DESC"
            turned = replace(key, direction=n.Text(key.span, "ASC" if falls else "DESC"))
            order = (*keys[:i], turned, *keys[i + 1 :])
            shown = (key.span.text, "'ASC'" if falls else "'DESC'")
            yield replace(with_fields("direction", node, order_by=order), shown=shown)
        if len(keys) > 1:
            fewer = keys[:i] + keys[i + 1 :]
            yield replace(with_fields("key of the order", node, order_by=fewer), shown=(key.span.text, ""))
    if len(keys) > 1:
        shown = (keys[0].span.text, keys[1].span.text)
        swapped = with_fields("key of the order", node, order_by=(keys[1], keys[0], *keys[2:]))
        yield replace(swapped, shown=shown)


def _function(node: n.Call) -> Iterator[Change]:
    assert isinstance(node.callee, n.Name)
    name, args = node.callee.name, [print_node(arg) for arg in node.args]
    if name in _FUNCTIONS:
        yield Change("function", node.callee, _FUNCTIONS[name])
    match name, args:
        case "BETWEEN", [value, low, high]:
            yield Change("boundary", node, f"({value} > {low} && {value} <= {high})")
            yield Change("boundary", node, f"({value} >= {low} && {value} < {high})")
        case "COUNT", [_]:
            yield Change("nulls", node, "COUNT()")
        case "IFNULL" | "COALESCE", [value, *_]:
            yield Change("nulls", node, value)


def _nulls(checked: Checked, node: n.Binary) -> Iterator[Change]:
    """`Order.status != s` that also takes the rows without a status, as other languages do."""
    for side in (node.left, node.right):
        if isinstance(side, n.Member) and isinstance(checked.refs.get(side.object), Row):
            yield Change("nulls", node, f"({print_node(node)} || IS_NULL({print_node(side)}))")
            return


def _column(checked: Checked, node: n.Member) -> Iterator[Change]:
    """The next property of the same type of the same row."""
    row = checked.refs[node.object]
    assert isinstance(row, Row)
    fields = checked.fields.get(row.entity, ())
    type_ = dict(fields).get(node.name.name)
    same = [name for name, other in fields if other == type_]
    if len(same) > 1 and node.name.name in same:
        other = same[(same.index(node.name.name) + 1) % len(same)]
        yield Change("column", node, f"{print_node(node.object)}.{other}")


def _over_row(checked: Checked, node: n.Binary) -> bool:
    return any(isinstance(checked.refs.get(part), Row) for part in node.walk())

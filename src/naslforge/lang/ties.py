"""A program whose queries decide ties the other way: where it gives the same, no order was left open."""

from collections.abc import Iterator
from dataclasses import replace

from naslforge.lang import nodes as n
from naslforge.lang.printer import format_source, print_node
from naslforge.lang.program import Checked, check
from naslforge.lang.scope import TableRef
from naslforge.lang.source import Source


def turned_ties(source: Source, context: tuple[Source, ...] = ()) -> str | None:
    """The program with rows that its queries leave in any order in the opposite one; None where nothing is open."""
    checked = check([*context, source])
    unit = next(unit for unit in checked.units if unit.source is source)
    data, changed = source.data, False
    for query in reversed(list(_outermost(unit))):
        if keys := _open_keys(checked, query):
            text = print_node(replace(query, order_by=(*query.order_by, *keys)))
            data = data[: query.span.start] + text.encode() + data[query.span.end :]
            changed = True
    if not changed:
        return None
    turned = format_source(data.decode())
    return None if check([*context, Source(source.name, turned)]).errors else turned


def _outermost(node: n.Node) -> Iterator[n.Query]:
    """Queries in the order of the text; a sub-query has no order of its own that shows."""
    for child in node.children():
        if isinstance(child, n.Query):
            yield child
        else:
            yield from _outermost(child)


def _open_keys(checked: Checked, query: n.Query) -> tuple[n.OrderKey, ...]:
    """What decides between equal rows, falling: the groups, the distinct values, or the keys of all rows."""
    keys: list[n.Expr] = []
    if query.group_by:
        keys += query.group_by
    elif query.distinct and query.select is not None:
        shown = query.select.entries if isinstance(query.select, n.ObjectLiteral) else ()
        keys += [entry.value for entry in shown] or [query.select]
    else:
        for entity, row in ((query.entity, query.row), *((join.entity, join.row) for join in query.joins)):
            keys += [n.Member(row.span, n.Name(row.span, row.name), key) for key in _primary(checked, entity)]
    return tuple(n.OrderKey(key.span, key, n.Text(key.span, "DESC")) for key in keys)


def _primary(checked: Checked, entity: n.Expr) -> Iterator[n.Ident]:
    table = checked.refs.get(entity)
    declared = checked.symbols.by_name.get(table.entity) if isinstance(table, TableRef) else None
    members = declared.node.members if declared is not None and isinstance(declared.node, n.Class) else ()
    for member in members:
        if isinstance(member, n.Property) and any(_says_primary(d) for d in member.decorators):
            yield member.name


def _says_primary(decorator: n.Decorator) -> bool:
    entries = decorator.argument.entries if decorator.argument is not None else ()
    return any(
        isinstance(e.key, n.Ident) and e.key.name == "primaryKey" and isinstance(e.value, n.Bool) and e.value.value
        for e in entries
    )

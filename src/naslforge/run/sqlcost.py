"""What a query costs in steps: how many rows, or pairs of rows, any engine has to look at.

The measure depends on the query and the sizes of its tables alone, so that it is the same on every engine. Tables that
are linked by `==` cost their rows, others every combination; a sub-query that names outer rows costs once for each.
"""

from collections.abc import Iterable, Iterator, Mapping

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang.scope import Row, TableRef

Product = tuple[str, ...]  # entities whose numbers of rows are multiplied


def products(checked: Checked, part: n.Node, outer: Product = ()) -> tuple[Product, ...]:
    """What the queries at and below a part of a program read; their costs add up."""
    return tuple(_products(checked, part, outer))


def cost(read: Iterable[Product], sizes: Mapping[str, int]) -> int:
    """The rows that are looked at."""
    return sum(pairs(product, sizes) for product in read)


def pairs(product: Product, sizes: Mapping[str, int]) -> int:
    """How many combinations of rows there are."""
    found = 1
    for name in product:
        found *= max(sizes.get(name, 0), 1)
    return found


def _products(checked: Checked, part: n.Node, outer: Product) -> Iterator[Product]:
    if isinstance(part, n.Query):
        yield from _query(checked, part, outer)
        return
    for child in part.children():
        yield from _products(checked, child, outer)


def _query(checked: Checked, query: n.Query, outer: Product) -> Iterator[Product]:
    rows = {query.row.name, *(join.row.name for join in query.joins)}
    around = outer if any(name not in rows for name in _rows(checked, query)) else ()
    combined: Product = (*around, _entity(checked, query.entity))
    yield combined
    known = {query.row.name}
    for join in query.joins:
        links = [join.on] if join.kind != "INNER" or query.where is None else [join.on, query.where]
        if any(_linked(checked, link, known, join.row.name) for link in links):
            yield (*around, _entity(checked, join.entity))
        else:
            combined = (*combined, _entity(checked, join.entity))
            yield combined
        known.add(join.row.name)
    for child in query.children():
        yield from _products(checked, child, combined)


def _linked(checked: Checked, condition: n.Expr, known: set[str], new: str) -> bool:
    """Does the condition demand that a value of the new row equals one of the known rows?"""
    if isinstance(condition, n.Binary) and condition.op == "&&":
        return _linked(checked, condition.left, known, new) or _linked(checked, condition.right, known, new)
    if not (isinstance(condition, n.Binary) and condition.op == "=="):
        return False
    sides = [set(_rows(checked, side)) for side in (condition.left, condition.right)]
    return any(one == {new} and other and other <= known for one, other in (sides, sides[::-1]))


def _rows(checked: Checked, part: n.Node) -> Iterator[str]:
    """The names of the rows that a part mentions."""
    for node in part.walk():
        reference = checked.refs.get(node)
        if isinstance(reference, Row):
            yield reference.name


def _entity(checked: Checked, expr: n.Expr) -> str:
    reference = checked.refs[expr]
    assert isinstance(reference, TableRef)
    return reference.entity

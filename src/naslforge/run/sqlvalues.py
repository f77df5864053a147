"""Which parts of a query the program evaluates beforehand, and which become SQL."""

from collections.abc import Iterable, Iterator

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang.scope import QueryFunction, Row

AGGREGATES = ("COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MAX", "MIN", "GROUP_CONCAT")


def clauses(query: n.Query) -> Iterator[n.Expr]:
    """The expressions of a query in the order in which its program values are evaluated."""
    for join in query.joins:
        yield join.on
    if query.where is not None:
        yield query.where
    yield from query.group_by
    if query.having is not None:
        yield query.having
    for key in query.order_by:
        yield key.key
        if key.direction is not None:
            yield key.direction
    if query.select is not None:
        yield query.select
    if query.limit is not None:
        if query.limit.page is not None:
            yield query.limit.page
        yield query.limit.size


class ProgramValues:
    """Which expressions of a query the program evaluates, in the order in which it must hand them over."""

    def __init__(self, checked: Checked):
        self.checked = checked
        self.found: list[n.Expr] = []
        self.index: dict[n.Node, int] = {}
        self._rows: dict[n.Node, bool] = {}

    def add(self, expr: n.Node | None) -> None:
        """Collect the program values at and below `expr`; constants stay in the SQL."""
        if expr is None or isinstance(expr, n.Ident | n.Null | n.Bool | n.Number | n.Text):
            return
        if self.over_rows(expr) or isinstance(expr, n.ObjectLiteral):  # SELECT({ … }) of program values alone
            for child in self.operands(expr):
                self.add(child)
        elif expr not in self.index:
            self.index[expr] = len(self.found)
            self.found.append(expr)  # type: ignore[arg-type]

    def over_rows(self, expr: n.Node) -> bool:
        """Does it mention a row, or stand for one inside the database?"""
        known = self._rows.get(expr)
        if known is None:
            known = self._rows[expr] = self._over_rows(expr)
        return known

    def _over_rows(self, expr: n.Node) -> bool:
        if isinstance(expr, n.Query) or isinstance(self.checked.refs.get(expr), Row):
            return True
        if isinstance(expr, n.Call):
            callee = self.checked.calls.get(expr)
            if isinstance(callee, QueryFunction) and (callee.name in AGGREGATES or not expr.args):
                return callee.name != "NOW"
        return any(self.over_rows(child) for child in self.operands(expr))

    def operands(self, expr: n.Node) -> Iterable[n.Node]:
        """The parts of an expression that have values."""
        if isinstance(expr, n.Call):
            return expr.args
        if isinstance(expr, n.Member):
            return (expr.object,)
        if isinstance(expr, n.ObjectLiteral):
            return tuple(entry.value for entry in expr.entries)
        if isinstance(expr, n.Query):
            return clauses(expr)
        return tuple(expr.children())

    def below(self, expr: n.Node) -> Iterator[int]:
        """The program values at and below `expr`, without those of sub-queries (they skip for themselves)."""
        if expr in self.index:
            yield self.index[expr]
        elif not isinstance(expr, n.Query):
            for child in self.operands(expr):
                yield from self.below(child)

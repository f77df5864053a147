"""Faults of queries: clauses in a wrong order or shape, SQL habits, conditions that a query cannot have."""

import re
from collections.abc import Iterator

from faults.view import Change, Kind, View, between, put
from naslforge.lang import nodes
from naslforge.lang import types as t

_CLAUSE = re.compile(rb"\.(WHERE|GROUP_BY|HAVING|ORDER_BY|SELECT|LIMIT|LEFT_JOIN|INNER_JOIN)\(")


def _clauses(view: View, query: nodes.Query) -> list[tuple[str, int, int]]:
    """Name, start (at the dot) and end of each clause of a query, those of sub-queries left out."""
    inner = [q.span for q in view.all(nodes.Query) if q is not query and query.span.contains(q.span)]
    found = []
    for match in _CLAUSE.finditer(view.data, query.span.start, query.span.end):
        if any(span.start <= match.start() < span.end for span in inner):
            continue
        depth, at = 1, match.end()
        quote = b""
        while depth and at < query.span.end:
            sign = view.data[at : at + 1]
            if quote:
                quote = b"" if sign == quote else quote
            elif sign in (b"'", b'"', b"`"):
                quote = sign
            else:
                depth += (sign == b"(") - (sign == b")")
            at += 1
        found.append((match.group(1).decode(), match.start(), at))
    return found


def _named(view: View, *names: str) -> Iterator[tuple[nodes.Query, str, int, int]]:
    for query in view.all(nodes.Query):
        for name, start, end in _clauses(view, query):
            if name in names:
                yield query, name, start, end


def missing_dollar(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        at = view.find("$", query)
        if at and _clauses(view, query):
            yield between(*at, query.row.name if view.rng.random() < 0.3 else "")


def missing_on(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        for join in query.joins:
            at = view.data.rfind(b"ON(", join.span.start, join.on.span.start)
            close = view.data.find(b")", join.on.span.end)
            if at >= 0 and at + 3 == join.on.span.start and close == join.on.span.end:
                yield Change(((at, at + 3, ""), (close, close + 1, "")))


def where_after_select(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        found = {name: (start, end) for name, start, end in _clauses(view, query)}
        last = _clauses(view, query)[-1:] or [("", 0, 0)]
        if "WHERE" in found and last[0][0] in ("SELECT", "ORDER_BY") and last[0][0] != "WHERE":
            start, end = found["WHERE"]
            moved = view.data[start:end].decode()
            yield Change(((start, end, ""), (last[0][2], last[0][2], moved)))


def order_before_where(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        found = {name: (start, end) for name, start, end in _clauses(view, query)}
        if "WHERE" in found and "ORDER_BY" in found:
            start, end = found["ORDER_BY"]
            yield Change(((found["WHERE"][0], found["WHERE"][0], view.data[start:end].decode()), (start, end, "")))


def clause_in_other_case(view: View) -> Iterator[Change]:
    other = {"WHERE": ["where", "Where"], "ORDER_BY": ["orderBy", "ORDERBY", "OrderBy"], "SELECT": ["select", "Select"],
             "GROUP_BY": ["groupBy", "GROUPBY"], "LIMIT": ["limit", "Limit"], "HAVING": ["having"],
             "LEFT_JOIN": ["leftJoin", "LEFTJOIN"], "INNER_JOIN": ["innerJoin", "JOIN"]}  # fmt: skip
    for _, name, start, _ in _named(view, *other):
        yield between(start + 1, start + 1 + len(name), view.rng.choice(other[name]))


def clause_of_others(view: View) -> Iterator[Change]:
    other = {
        "WHERE": ["FILTER", "AND"],
        "ORDER_BY": ["SORT_BY", "SORT"],
        "SELECT": ["MAP", "RETURN"],
        "LIMIT": ["TAKE", "TOP"],
    }
    for _, name, start, _ in _named(view, *other):
        yield between(start + 1, start + 1 + len(name), view.rng.choice(other[name]))


def clause_with_lambda(view: View) -> Iterator[Change]:
    for query, name, start, _ in _named(view, "WHERE", "SELECT", "GROUP_BY"):
        at = start + len(name) + 2
        brace = view.data[at : at + 1] == b"{"
        if not brace:
            yield between(at, at, f"{query.row.name} => ")


def order_without_brackets(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        if len(query.order_by) == 1:
            key = query.order_by[0]
            text = view.text(key)
            if text.startswith("["):
                yield put(key, text[1:-1])


def order_as_sql(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        for key in query.order_by:
            if key.direction is not None and view.text(key).startswith("["):
                down = view.text(key.direction) == "'DESC'"
                words = ["DESC", "'descending'", "desc", "-1"] if down else ["ASC", "'ascending'", "asc", "1"]
                yield put(key.direction, view.rng.choice(words))


def order_as_object(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        for key in query.order_by:
            if view.text(key).startswith("["):
                down = key.direction is not None and view.text(key.direction) == "'DESC'"
                yield put(key, f"{{ by: {view.text(key.key)}, desc: {'true' if down else 'false'} }}")


def sql_text(view: View) -> Iterator[Change]:
    for assign in view.all(nodes.Assign):
        if isinstance(assign.value, nodes.Query):
            name = view.text(assign.value.entity).rpartition(".")[2].removesuffix("Entity")
            where = view.text(assign.value.where) if assign.value.where is not None else "1 = 1"
            yield put(assign.value, f"SELECT * FROM {name} WHERE {where}".replace("\n", " "))


def table_as_text(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        name = view.text(query.entity).rpartition(".")[2].removesuffix("Entity")
        yield put(query.entity, f"'{name}'")


def missing_row(view: View) -> Iterator[Change]:
    """`FROM(XEntity => $…)` and `FROM(XEntity, $…)`."""
    for query in view.all(nodes.Query):
        dollar = view.find("$", query)
        if dollar:
            yield between(query.entity.span.end, dollar[0], view.rng.choice([" => ", ", "]))


def like_between_operands(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.text(call.callee) in ("LIKE", "IN") and len(call.args) == 2:
            yield put(call, f"{view.text(call.args[0])} {view.text(call.callee)} {view.text(call.args[1])}")


def method_of_column(view: View) -> Iterator[Change]:
    methods = {"LIKE": "contains", "STARTS_WITH": "startsWith", "ENDS_WITH": "endsWith", "IN": "in"}
    for call in view.all(nodes.Call):
        name = view.text(call.callee)
        if name in methods and len(call.args) == 2 and isinstance(call.args[0], nodes.Member):
            yield put(call, f"{view.text(call.args[0])}.{methods[name]}({view.text(call.args[1])})")


def library_over_rows(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        if query.where is not None:
            for member in query.where.walk():
                if isinstance(member, nodes.Member) and view.type(member) == t.STRING and _of_row(member, query):
                    yield put(member, f"nasl.util.ToUpper({view.text(member)})")


def _of_row(member: nodes.Member, query: nodes.Query) -> bool:
    return isinstance(member.object, nodes.Name) and member.object.name == query.row.name


def aggregate_in_where(view: View) -> Iterator[Change]:
    for query, _, start, _ in _named(view, "WHERE"):
        at = start + len(".WHERE(")
        yield between(at, at, f"COUNT({query.row.name}.id) > 1 && ")


def missing_group(view: View) -> Iterator[Change]:
    """Without GROUP_BY, the columns beside an aggregate have no one value."""
    for query, _, start, end in _named(view, "GROUP_BY"):
        if isinstance(query.select, nodes.ObjectLiteral):
            plain = [e for e in query.select.entries if isinstance(e.value, nodes.Member)]
            calls = [e for e in query.select.entries if isinstance(e.value, nodes.Call)]
            if plain and calls:
                spots = tuple((e.value.span.start, e.value.span.end) for e in plain)
                yield Change(((start, end, ""),), (*spots, (query.select.span.start, query.select.span.end)))


def select_of_texts(view: View) -> Iterator[Change]:
    for _, name, start, end in _named(view, "SELECT"):
        at = start + len(name) + 2
        yield between(at, end - 1, view.rng.choice(["'id', 'name'", "'*'", "['id']"]))


def select_several(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        if isinstance(query.select, nodes.ObjectLiteral) and len(query.select.entries) > 1:
            yield put(query.select, ", ".join(view.text(e.value) for e in query.select.entries))


def paging_as_clause(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.text(call.callee) == "PAGINATE" and isinstance(call.args[0], nodes.Query) and len(call.args) == 3:
            page, size = view.text(call.args[1]), view.text(call.args[2])
            query = view.text(call.args[0])
            clause = view.rng.choice(
                [f".PAGINATE({page}, {size})", f".PAGE({page}, {size})", f".OFFSET({page}).LIMIT({size})"]
            )
            yield Change(((call.span.start, call.span.end, f"{query[:-1]}{clause})"),))


def paging_as_object(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.text(call.callee) == "PAGINATE" and len(call.args) == 3:
            page, size = view.text(call.args[1]), view.text(call.args[2])
            yield between(call.args[1].span.start, call.args[2].span.end, f"{{ page: {page}, size: {size} }}")


def query_method(view: View) -> Iterator[Change]:
    for query in view.all(nodes.Query):
        yield between(
            query.span.end, query.span.end, view.rng.choice([".toList()", ".list()", ".execute()", ".first()"])
        )


def list_for_one(view: View) -> Iterator[Change]:
    """Rows are a list: reading a column of it."""
    for function in view.functions:
        lists = [a for a in function.walk() if isinstance(a, nodes.Assign) and isinstance(a.value, nodes.Query)]
        for call in view.library("Get", "ListHead"):
            if any(view.text(call.args[0]) == view.text(a.target) for a in lists):
                users = [m for m in view.all(nodes.Member) if m.object is call]
                if users:
                    yield put(call, view.text(call.args[0]))


def aggregate_in_lower_case(view: View) -> Iterator[Change]:
    for call in view.all(nodes.Call):
        if view.text(call.callee) in ("COUNT", "SUM", "AVG", "MAX", "MIN"):
            yield put(call.callee, view.text(call.callee).lower())


KINDS: tuple[Kind, ...] = (
    missing_dollar, missing_on, where_after_select, order_before_where, clause_in_other_case, clause_of_others,
    clause_with_lambda, order_without_brackets, order_as_sql, order_as_object, sql_text, table_as_text, missing_row,
    like_between_operands, method_of_column, library_over_rows, aggregate_in_where, missing_group, select_of_texts,
    select_several, paging_as_clause, paging_as_object, query_method, list_for_one, aggregate_in_lower_case,
)  # fmt: skip

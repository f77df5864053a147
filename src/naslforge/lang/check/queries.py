"""Queries and the functions in them."""

import re
from collections.abc import Iterable

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import Builtin
from naslforge.lang.check.callees import Callees
from naslforge.lang.check.calls import Target
from naslforge.lang.check.facts import Over
from naslforge.lang.check.suggest import Advice, Words, dotted, listed, near_name, replace, same, say
from naslforge.lang.diagnostics import Edit, Fix, Label
from naslforge.lang.scope import LibraryCall, QueryFunction, Row, is_entity
from naslforge.lang.types import (
    ANY,
    BOOLEAN,
    LONG,
    NULL,
    STRING,
    TEXTS,
    UNKNOWN,
    Anonymous,
    Entity,
    ListOf,
    MapOf,
    Structure,
    Type,
    Unknown,
    fits,
    show,
)

AGGREGATES = {"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MAX", "MIN", "GROUP_CONCAT"}
_OTHER_TABLE = re.compile(r"(?:Repository|Repo|Mapper|Dao|DAO|Service|Table|Model|Entities)$")
_LATER_CLAUSE = re.compile(rb"\.(?:HAVING|ORDER_BY|SELECT|SELECT_DISTINCT|LIMIT)\(")
_DIRECTIONS = ("ASC", "DESC")
# What to use over rows instead of a library function.
OVER_ROWS = {
    "Length": "CHAR_LENGTH", "ToUpper": "UPPER", "ToLower": "LOWER", "Contains": "IN", "Concat": "CONCAT",
    "Replace": "REPLACE", "SubString": "SUBSTR", "Round": "ROUND", "HasValue": "IS_NOT_NULL", "IndexOf": "LIKE",
    "AddDays": "DATE_ADD", "SubDays": "DATE_SUB", "AddMonths": "DATE_ADD", "FormatDate": "DATE_FORMAT",
    "FormatDateTime": "DATE_FORMAT", "Trunc": "TRUNCATE", "ListSum": "SUM", "ListMax": "MAX", "ListMin": "MIN",
    "ListAverage": "AVG", "GetDateCount": "MONTH",
}  # fmt: skip
# Outside a query, the functions of lists do what aggregates do.
_OUTSIDE = {"COUNT": "Length", "SUM": "ListSum", "AVG": "ListAverage", "MAX": "ListMax", "MIN": "ListMin"}


class Queries(Callees):
    """Types FROM queries and the functions in them."""

    # --- FROM

    def query(self, e: n.Query, expected: Type | None) -> Type:
        if self.in_page():
            self.report(rules.QUERY_ON_PAGE, e.span.source.span(e.span.start, e.span.start + len("FROM")))
        if self.over is not None:
            self.report(rules.MISPLACED_QUERY, e.span)
        return self._query(e)

    def _query(self, e: n.Query) -> Type:
        with self.block(), self.within(Over("SELECT", aggregates=True)):
            rows = [(e.row.name, self._source(e.entity, e.row, "FROM"))]
            for join in e.joins:
                rows.append((join.row.name, self._source(join.entity, join.row, f"{join.kind}_JOIN")))
                self._same_data_source(join, rows[0][1], rows[-1][1])
            for join in e.joins:
                self._clause(join.on, "ON")
            self._join_order(e)
            if e.where is not None:
                self._clause(e.where, "WHERE")
            for key in e.group_by:
                with self.within(Over("GROUP_BY")):
                    self.value(key)
            if e.having is not None:
                self._clause(e.having, "HAVING", aggregates=True)
            result = self._select(e, rows)
            self._order(e, result)
            self._grouped(e)
        if e.limit is not None:
            for part in (e.limit.page, e.limit.size):
                if part is not None:
                    self.want(part, LONG, "LIMIT", "LIMIT")
        return ListOf(result)

    def _source(self, e: n.Expr, row: n.Ident, clause: str) -> str | None:
        """The entity of a FROM or join; brings its row name into view."""
        path = dotted(e)
        entity = self.table_entity(path) if path else None
        if entity is None:
            entity = self._report_source(e, path, clause)
        else:
            with self.within(None):
                self.expr(e)
        type_ = Entity(entity) if entity else UNKNOWN
        self.declare(row, type_, "row", Row(row.name, entity) if entity else None)
        if entity is None:
            self.over_rows.add(row)
        return entity

    def _report_source(self, e: n.Expr, path: str | None, clause: str) -> str | None:
        """Not a table: perhaps the entity itself, a short name, or a misspelling."""
        declared = self.symbols.by_name.get(path or "")
        if declared is not None and is_entity(declared):
            table = f"{declared.name}Entity"
            fixes = [replace(e.span, table, safe=True)]
            self.report(rules.TABLE_SUFFIX, e.span, name=declared.name, table=table, fixes=fixes)
            return declared.name
        tables = {f"{d.name}Entity": d.name for d in self.symbols.entities()}
        last = (path or "").rpartition(".")[2]
        exact = [t for t, entity in tables.items() if last in (t.rpartition(".")[2], entity.rpartition(".")[2])]
        if len(exact) == 1:
            fixes = [replace(e.span, exact[0], safe=True)]
            self.report(rules.MISSING_PREFIX, e.span, full=exact[0], fixes=fixes)
            return tables[exact[0]]
        advice = near_name(path, tables, e.span) if path else Advice()
        loose = e.value if isinstance(e, n.Text) else _OTHER_TABLE.sub("", last)
        named = meant_table(loose, tables) if path is None or self.scope.find(path.partition(".")[0]) is None else None
        if named is not None and loose:
            words = say(named, replace(e.span, named, safe=True))
            self.report(rules.NOT_AN_ENTITY, e.span, clause=clause, fixes=words.fixes, **words.near)
            return tables[named]
        if path is None or self.scope.find(path.partition(".")[0]) is not None:
            self.value(e)
            advice = Advice("; filter a List with `nasl.util.ListFilter`", "；筛选 List 用 `nasl.util.ListFilter`")
        self.report(rules.NOT_AN_ENTITY, e.span, clause=clause, fixes=advice.fixes, **advice.near)
        return None

    def _same_data_source(self, join: n.Join, first: str | None, other: str | None) -> None:
        if first and other and first.rpartition(".")[0] != other.rpartition(".")[0]:
            self.report(rules.DIFFERENT_SOURCES, join.entity.span)

    def _join_order(self, e: n.Query) -> None:
        """The condition of a join sees the rows up to its own: the database reads the joins from first to last."""
        for i, join in enumerate(e.joins):
            later = {other.row.name: other.row for other in e.joins[i + 1 :]}
            for name in _walk_one_query(join.on):
                if isinstance(name, n.Name) and name.name in later and isinstance(self.refs.get(name), Row):
                    row = later[name.name]
                    label = Label(row.span, "joined only here", "在这里才连接")
                    self.report(rules.ROW_JOINED_LATER, name.span, labels=[label], name=name.name, own=join.row.name)

    def _clause(self, e: n.Expr, clause: str, *, aggregates: bool = False) -> None:
        with self.within(Over(clause, aggregates)):
            self.condition(e, f"the condition of {clause}", f"{clause} 的条件")

    # --- SELECT, ORDER_BY, grouping

    def _select(self, e: n.Query, rows: list[tuple[str, str | None]]) -> Type:
        if e.select is None:
            return self._whole_rows(rows)
        if isinstance(e.select, n.ObjectLiteral):
            type_ = self.expr(e.select)
            return type_ if isinstance(type_, Anonymous) else UNKNOWN
        type_ = self.value(e.select)
        if e.select not in self.over_rows and not isinstance(type_, Unknown):
            self.report(rules.SELECT_SHAPE, e.select.span)
        return type_

    def _whole_rows(self, rows: list[tuple[str, str | None]]) -> Type:
        types = [(name, Entity(entity) if entity else UNKNOWN) for name, entity in rows]
        if len(types) == 1:
            return types[0][1]
        return Anonymous(tuple((name[:1].lower() + name[1:], type_) for name, type_ in types))

    def _order(self, e: n.Query, result: Type) -> None:
        for key in e.order_by:
            type_ = self.value(key.key)
            if key.key not in self.over_rows and not isinstance(type_, Unknown):
                self._dynamic_order(key.key, type_, result)
            if key.direction is not None:
                with self.within(None):
                    self.want(key.direction, STRING, "a direction", "排序方向")
                if isinstance(key.direction, n.Text) and key.direction.value.upper() not in _DIRECTIONS:
                    self._report_direction(key.direction)

    def _report_direction(self, e: n.Text) -> None:
        meant = "DESC" if e.value.lower().startswith(("d", "降")) else "ASC"
        sure = e.value.lower() in ("descending", "ascending", "降序", "升序", "descend", "ascend", "down", "up")
        self.report(rules.ORDER_DIRECTION, e.span, given=e.span.text, fixes=[replace(e.span, f"'{meant}'", safe=sure)])

    def _dynamic_order(self, e: n.Expr, type_: Type, result: Type) -> None:
        """A program value orders by the path it holds."""
        if type_ not in (*TEXTS, NULL, ANY):
            self.report(rules.ORDER_KEY, e.span, given=f"`{show(type_)}`")
        elif isinstance(e, n.Text) and e.value:
            self._sort_path(e, result)

    def _sort_path(self, e: n.Text, result: Type) -> None:
        here: Type = result
        for part in e.value.split("."):
            fields = dict(self.fields_of(here) or ())
            if not fields or isinstance(here, Unknown):
                return
            if part not in fields:
                near = near_name(part, fields)
                self.report(rules.UNKNOWN_SORT_PATH, e.span, name=e.value, known=listed(fields), **near.near)
                return
            here = fields[part]

    def _grouped(self, e: n.Query) -> None:
        """With groups, what is selected or ordered by is made of keys, aggregates and program values."""
        selected: list[n.Expr] = []
        if isinstance(e.select, n.ObjectLiteral):
            selected = [entry.value for entry in e.select.entries]
        elif e.select is not None:
            selected = [e.select]
        ordered = [key.key for key in e.order_by]
        parts = [*selected, *ordered, *([e.having] if e.having else [])]
        if not e.group_by and not any(map(self._has_aggregate, parts)):
            return
        if e.group_by and e.select is None:
            self.report(rules.NOT_GROUPED, e.group_by[0].span, name=e.row.name)
        if not e.group_by and self._group_missing(e, selected, ordered):
            return
        for part in parts:
            self._only_groups(part, e.group_by)

    def _group_missing(self, e: n.Query, selected: list[n.Expr], ordered: list[n.Expr]) -> bool:
        """Columns beside aggregates and no GROUP_BY: said once, with the clause that was meant."""
        columns = [part for part in selected if part in self.over_rows and not self._has_aggregate(part)]
        plain = all(isinstance(part, n.Member) for part in columns)
        if not columns or not plain or e.select is None or len(columns) == len(selected):
            return False
        keys = ", ".join(part.span.text for part in columns)
        parts = [e.entity, *(join.on for join in e.joins), *([e.where] if e.where is not None else [])]
        behind = _LATER_CLAUSE.search(e.span.source.data, max(part.span.end for part in parts), e.span.end)
        loose = [key for key in ordered if key in self.over_rows and not self._has_aggregate(key)]
        whole = all(any(same(key, column) for column in columns) for key in loose)
        fixes = []
        if behind is not None and whole:
            edit = Edit(e.span.source.span(behind.start(), behind.start()), f".GROUP_BY({keys})")
            fixes = [Fix(f"write `.GROUP_BY({keys})`", (edit,), "safe")]
        self.report(rules.NOT_GROUPED, columns[0].span, fixes=fixes, name=columns[0].span.text)
        return True

    def _has_aggregate(self, e: n.Expr) -> bool:
        calls = (self.calls.get(inner) for inner in _walk_one_query(e))
        return any(isinstance(c, QueryFunction) and c.name in AGGREGATES for c in calls)

    def _only_groups(self, e: n.Expr, keys: tuple[n.Expr, ...]) -> None:
        if e not in self.over_rows or any(same(e, key) for key in keys):
            return
        called = self.calls.get(e)
        if isinstance(called, QueryFunction) and called.name in AGGREGATES:
            return
        if isinstance(e, n.Member | n.Name):
            self.report(rules.NOT_GROUPED, e.span, name=e.span.text)
            return
        for child in e.children():
            if isinstance(child, n.Node) and not (isinstance(e, n.Call) and child is e.callee):
                self._only_groups(child, keys)  # type: ignore[arg-type]

    # --- functions in and out of queries

    def query_function(self, e: n.Call, builtin: Builtin, expected: Type | None) -> Type:
        if builtin.name == "ON":
            self.report(rules.SYNTAX_ONLY, e.span, name="ON")
            self.loose(e)
            return BOOLEAN
        if builtin.name in AGGREGATES and not self._aggregate_allowed(e, builtin.name):
            self.loose(e)
            return UNKNOWN
        result = self._apply_query_function(e, builtin, expected)
        if self.over is not None and (builtin.name in AGGREGATES or any(arg in self.over_rows for arg in e.args)):
            self.over_rows.add(e)
            self.calls[e] = QueryFunction(builtin.name)
        return result

    def _aggregate_allowed(self, e: n.Call, name: str) -> bool:
        if self.over is None:
            instead = _OUTSIDE.get(name)
            advice = say(f"nasl.util.{instead}(list)") if instead else Advice()
            self.report(rules.AGGREGATE_OUTSIDE, e.span, name=name, **advice.facts)
            return False
        if not self.over.aggregates:
            advice = Advice("; conditions on aggregates stand in HAVING", "；对聚合的条件写在 HAVING 中")
            plain = Advice() if self.over.clause not in ("WHERE", "ON") else advice
            self.report(rules.MISPLACED_AGGREGATE, e.span, name=name, clause=self.over.clause, **plain.facts)
            return False
        return True

    def _apply_query_function(self, e: n.Call, builtin: Builtin, expected: Type | None) -> Type:
        if builtin.name in ("IN", "NOT_IN") and len(e.args) == 2:
            return self._in(e, builtin)
        inner = Over(self.over.clause) if self.over and builtin.name in AGGREGATES else self.over
        with self.within(inner):
            if builtin.name == "CASE_WHEN":
                return self._case_when(e, builtin)
            chosen = self.apply(e, Target(builtin.name, builtin.overloads), expected)
        if chosen is None:
            return UNKNOWN
        self.calls[e] = LibraryCall(builtin, chosen.overload, chosen.type_args)
        return chosen.result

    def _in(self, e: n.Call, builtin: Builtin) -> Type:
        """`IN(x, list)` or `IN(x, FROM(…))`; outside queries also a text, Map or structure."""
        item, container = e.args
        given = self.value(item)
        self.calls[e] = LibraryCall(builtin, 0, (given,))
        if isinstance(container, n.Query):
            holds = self._subquery(container)
        else:
            holds = self.value(container, ListOf(given) if isinstance(container, n.ListLiteral) else None)
        if isinstance(holds, ListOf):
            if not fits(given, holds.item, self.fields_of) and not fits(holds.item, given, self.fields_of):
                self.fit(item, given, holds.item, f"the value sought by `{builtin.name}`", f"`{builtin.name}` 要找的值")
            return BOOLEAN
        loose = holds in (*TEXTS, NULL, ANY) or isinstance(holds, MapOf | Structure | Entity | Anonymous | Unknown)
        if not loose or (self.over is not None and holds in TEXTS and item in self.over_rows):
            signature: Words = {"param": "list", "name": builtin.name, "signature": builtin.signatures[0]}
            self.fit(container, holds, ListOf(given), rule=rules.ARGUMENT_TYPE, **signature)
        return BOOLEAN

    def _subquery(self, e: n.Query) -> Type:
        type_ = self._query(e)
        self.types[e] = type_
        self.over_rows.add(e)
        column = type_.item if isinstance(type_, ListOf) else UNKNOWN
        if self.fields_of(column) is None:
            return type_
        fields = self.fields_of(column) or ()
        if isinstance(e.select, n.ObjectLiteral) and len(fields) == 1:
            value = e.select.entries[0].value
            fixes = [replace(e.select.span, value.span.text, safe=True)]
            self.report(rules.SUBQUERY_COLUMNS, e.select.span, fixes=fixes)
            return ListOf(fields[0][1])
        self.report(rules.SUBQUERY_COLUMNS, (e.select or e).span)
        return ListOf(UNKNOWN)

    def _case_when(self, e: n.Call, builtin: Builtin) -> Type:
        """`CASE_WHEN(c1, v1, c2, v2, …, otherwise)`."""
        values = []
        for i, arg in enumerate(e.args):
            if i % 2 == 0 and i + 1 < len(e.args):
                self.condition(arg, "a condition of CASE_WHEN", "CASE_WHEN 的条件")
            else:
                values.append(arg)
        result = self.common_of(tuple(values), rules.BRANCH_TYPES)
        self.calls[e] = LibraryCall(builtin, 0, (result,))
        return result

    def report_over_rows(self, e: n.Call, name: str) -> None:
        instead = OVER_ROWS.get(name.rpartition(".")[2])
        advice = Advice()
        if instead:
            advice = Advice(f"; over rows use `{instead}(…)`", f"；对行应使用 `{instead}(…)`")
        elif not name.startswith("nasl."):
            en = "; compute it before the query, or after it in a loop"
            advice = Advice(en, "；应在查询之前或之后的循环中计算")
        fixes = []
        if instead in ("CHAR_LENGTH", "UPPER", "LOWER", "CONCAT", "REPLACE"):
            fixes = [replace(e.callee.span, instead, safe=True)]
        self.report(rules.LIBRARY_OVER_ROWS, e.callee.span, name=name, fixes=fixes, **advice.facts)


def meant_table(written: str, tables: Iterable[str]) -> str | None:
    """The table object that a text such as `'orders'` or `'shop_order'` names."""
    plain = written.replace("_", "").lower()
    names = {table: table.rpartition(".")[2].removesuffix("Entity").lower() for table in tables}
    found = [table for table, name in names.items() if plain in (name, name + "s", name + "entity")]
    return found[0] if len(found) == 1 else None


def _walk_one_query(e: n.Expr) -> list[n.Node]:
    """The expression and all below it, without sub-queries."""
    found: list[n.Node] = [e]
    for child in e.children():
        if not isinstance(child, n.Query):
            found += _walk_one_query(child)  # type: ignore[arg-type]
    return found

"""SELECT statements to NASL: one query where it can be, further queries before it where SQL nests or combines.

`compile_select` gives a Compiled with the body of a logic. What NASL has no form for raises Inexpressible.
Double-quoted names that are no columns are texts, as SQLite reads them. Bare columns beside GROUP BY become keys; the
collectors compare the outcome with SQLite on the original statement, so a change of meaning does not go unseen.
"""

from sqlglot import exp

from naslforge.synth.collect.entities import quoted
from naslforge.synth.collect.names import camel_case, distinct
from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.sqlquery import Compiled, Item, Query, is_aggregate
from naslforge.synth.collect.sqlschema import Schema, Scope, Source

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "==", exp.NEQ: "!=", exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<=",
}  # fmt: skip
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_AGGREGATES: dict[type[exp.Expr], str] = {
    exp.Count: "COUNT", exp.Sum: "SUM", exp.Avg: "AVG", exp.Max: "MAX", exp.Min: "MIN",
}  # fmt: skip
_JOINS = {"": "INNER_JOIN", "LEFT": "LEFT_JOIN", "RIGHT": "RIGHT_JOIN", "FULL": "OUTER_JOIN"}


class Compiler:
    """Compiles one statement; keeps the helper variables that its parts need."""

    def __init__(self, schema: Schema):
        self.schema = schema
        self.lets: list[str] = []
        self.statements: list[str] = []
        self.rows: list[str] = []
        self.variables = ["result"]

    def compile(self, statement: exp.Expr) -> Compiled:
        """The logic of a whole statement. Raises Inexpressible."""
        statement = _bare(statement)
        if isinstance(statement, exp.Union):
            return self._union(statement)
        if isinstance(statement, exp.Select) and _from(statement) is None:
            return self._difference(statement)
        query = self._combined(statement)
        if query.star and query.joins:
            raise Inexpressible("all columns of a join")
        scalar = not query.star and not query.group and len(query.items) == 1 and is_aggregate(query.items[0].text)
        result = query.item_type if scalar else f"List<{query.item_type}>"
        if scalar:
            rows = self._variable("rows")
            self.lets.append(f"let {rows};")
            self.statements += [f"{rows} = {query.lines()};", f"result = nasl.util.Get({rows}, 0);"]
        else:
            self.statements.append(f"result = {query.lines()};")
        return self._finish(query, result, bool(query.order), scalar)

    def _finish(self, query: Query, result: str, ordered: bool, scalar: bool) -> Compiled:
        fields = [c.nasl for c in query.source.table.columns] if query.star else [i.name for i in query.items]
        lets = [*self.lets, f"let result: {result};"]
        return Compiled(lets, self.statements, result, fields, ordered, scalar)

    def _union(self, statement: exp.Union) -> Compiled:
        """UNION: both lists joined; unless it is UNION ALL, rows that are there already are left out."""
        parts = _union_parts(statement)
        queries = [self._combined(_bare(part)) for part in parts]
        if any(q.star for q in queries) or len({q.item_type for q in queries}) != 1:
            raise Inexpressible("union of rows of several types")
        single, once = len(queries[0].items) == 1, statement.args.get("distinct", True)
        result = f"List<{queries[0].item_type}>"
        for query in queries:
            query.distinct = query.distinct or (bool(once) and not single and not query.group)
        self.statements.append(f"result = {queries[0].lines()};")
        for query in queries[1:]:
            more = self._variable("more")
            self.lets.append(f"let {more}: {result};")
            self.statements.append(f"{more} = {query.lines()};")
            self.statements += self._added(more) if once and not single else [f"nasl.util.AddAll(result, {more});"]
        if once and single:
            self.statements.append("nasl.util.ListDistinct(result);")
        return self._finish(queries[0], result, False, False)

    def _added(self, more: str) -> list[str]:
        """Rows of another list that are not in the result yet; Contains compares by content."""
        index, row = self._variable("index"), self._variable("row")
        return [
            f"for (const [{index}, {row}] of ListEntries({more})) {{",
            f"  if (!nasl.util.Contains(result, {row})) {{",
            f"    nasl.util.Add(result, {row});",
            "  }",
            "}",
        ]

    def _difference(self, statement: exp.Select) -> Compiled:
        """A SELECT without a table: `ABS(one - other)` or `one - other` of two sub-queries."""
        node = _unparen(statement.expressions[0].unalias())
        inner = _unparen(node.this) if isinstance(node, exp.Abs) else node
        if len(statement.expressions) != 1 or not isinstance(inner, exp.Sub):
            raise Inexpressible("select without a table")
        sides = [_unparen(inner.this), _unparen(inner.expression)]
        if not all(isinstance(side, exp.Subquery) for side in sides):
            raise Inexpressible("select without a table")
        queries = [self._single(side, None) for side in sides]
        names = [self._bound(query) for query in queries]
        kind = "Decimal" if "Decimal" in {q.items[0].type for q in queries} else "Long"
        text = " - ".join(names)
        self.statements.append(f"result = nasl.util.Abs({text});" if inner is not node else f"result = {text};")
        return Compiled([*self.lets, f"let result: {kind};"], self.statements, kind, ["value"], False, True)

    def _combined(self, statement: exp.Expr, outer: Scope | None = None) -> Query:
        """A SELECT, or EXCEPT and INTERSECT of one column as a condition on the left side."""
        if isinstance(statement, exp.Except | exp.Intersect):
            left = self._combined(_bare(statement.left), outer)
            right = self._combined(_bare(statement.right), outer)
            if left.star or left.group or len(left.items) != 1 or len(right.items) != 1 or left.limit:
                raise Inexpressible("difference or intersection of more than one plain column")
            test = f"IN({left.items[0].text}, {right.inline()})"
            left.where.append(f"!{test}" if isinstance(statement, exp.Except) else test)
            left.distinct = True
            return left
        if not isinstance(statement, exp.Select):
            raise Inexpressible(f"statement of kind {type(statement).__name__}")
        return self.select(statement, outer)

    def select(self, select: exp.Select, outer: Scope | None = None) -> Query:
        """The query of one SELECT. Raises Inexpressible."""
        if nested := _from_subquery(select):
            return self._narrowed(select, nested, outer)
        scope = self._scope(select, outer)
        query = Query(scope.sources[0])
        for join, source in zip(select.args.get("joins") or [], scope.sources[1:], strict=True):
            query.joins.append(self._join(join, source, scope))
        self._fill(query, select, scope)
        return query

    def _fill(self, query: Query, select: exp.Select, scope: Scope) -> None:
        """The clauses after the joins."""
        if where := select.args.get("where"):
            query.where.append(_grouped(self.condition(where.this, scope)))
        self._select_items(query, select, scope)
        query.group = [self.value(e, scope)[0] for e in _group_keys(select)]
        if having := select.args.get("having"):
            query.having = self.condition(having.this, scope)
        aggregates = any(is_aggregate(i.text) for i in query.items)
        if query.group:
            query.group += [i.text for i in query.items if not is_aggregate(i.text) and i.text not in query.group]
            if query.star:
                raise Inexpressible("all columns of a grouped query")
        elif aggregates and not all(is_aggregate(i.text) for i in query.items):
            raise Inexpressible("plain column beside an aggregate without GROUP BY")
        if order := select.args.get("order"):
            query.order = [self._order(o, scope) for o in order.expressions]
            self._group_order_keys(query)
        if limit := select.args.get("limit"):
            query.limit = self._literal_text(limit.expression, scope, "Long")
        query.distinct = bool(select.args.get("distinct"))
        if query.distinct and query.order:
            selected = {i.text for i in query.items}
            if any(o[1:].rsplit(",", 1)[0] not in selected for o in query.order):
                raise Inexpressible("distinct rows ordered by another column")

    def _group_order_keys(self, query: Query) -> None:
        if query.group:
            keys = [o[1:].rsplit(",", 1)[0] for o in query.order]
            query.group += [k for k in keys if not is_aggregate(k) and k not in query.group]

    def _narrowed(self, select: exp.Select, nested: exp.Expr, outer: Scope | None) -> Query:
        """A SELECT from a sub-query that only picks rows of one table: the inner one becomes a condition on its key."""
        table = nested.find(exp.Table)
        if table is None:
            raise Inexpressible("select without a table")
        flat = select.copy()
        flat.set("from_", exp.From(this=exp.Table(this=exp.to_identifier(table.name, quoted=True))))
        scope = self._scope(flat, outer)
        query, inner = Query(scope.sources[0]), self._combined(nested, outer)
        if inner.joins or inner.group or inner.distinct or any(is_aggregate(i.text) for i in inner.items):
            raise Inexpressible("select from a sub-query that changes its rows")
        key = query.source.table.key_field
        inner.items, inner.star = [Item("key", "", f"{inner.source.row}.{key}")], False
        query.where.append(f"IN({query.source.row}.{key}, {inner.inline()})")
        self._fill(query, flat, scope)
        return query

    def _scope(self, select: exp.Select, outer: Scope | None) -> Scope:
        scope = Scope(self.schema, select, outer, taken=self.rows)
        self.rows += [s.row for s in scope.sources]
        return scope

    def _join(self, join: exp.Join, source: Source, scope: Scope) -> str:
        on = join.args.get("on")
        if on is None or isinstance(on, exp.Boolean):
            raise Inexpressible("join without a condition")
        kind = _JOINS.get(join.side or "")
        if kind is None or join.method:
            raise Inexpressible("natural or cross join")
        return f".{kind}({source.table.entity().source}, {source.row} => ON({self.condition(on, scope)}))"

    def _select_items(self, query: Query, select: exp.Select, scope: Scope) -> None:
        expressions = select.expressions
        if len(expressions) == 1 and isinstance(expressions[0], exp.Star):
            query.star = True
            if not query.joins and query.source.table.primary is None:  # the entity has an `id` that SQL does not
                columns = query.source.table.columns
                query.items = [Item(c.nasl, c.type, f"{query.source.row}.{c.nasl}") for c in columns]
                query.star = False
            return
        found = []
        for expression in expressions:
            alias = expression.alias if isinstance(expression, exp.Alias) else ""
            node = expression.unalias()
            if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
                raise Inexpressible("all columns beside others")
            text, kind = self.value(node, scope)
            found.append(Item(camel_case(alias) if alias else _field_name(node, scope), kind, text))
        names = distinct(i.name for i in found)
        query.items = [Item(n, i.type, i.text) for n, i in zip(names, found, strict=True)]

    def _order(self, ordered: exp.Expr, scope: Scope) -> str:
        text, _ = self.value(ordered.this, scope)
        return f"[{text}, '{'DESC' if ordered.args.get('desc') else 'ASC'}']"

    def condition(self, node: exp.Expr, scope: Scope) -> str:
        """A Boolean expression."""
        match node:
            case exp.Paren():
                return f"({self.condition(node.this, scope)})"
            case exp.And():
                return f"{self._operand(node.left, scope)} && {self._operand(node.right, scope)}"
            case exp.Or():
                return f"{self._operand(node.left, scope)} || {self._operand(node.right, scope)}"
            case exp.Not():
                inner = self.condition(_unparen(node.this), scope)
                return f"!{inner}" if inner.startswith(("IN(", "LIKE(")) else f"!({inner})"
            case exp.Is() if isinstance(node.expression, exp.Null):
                return f"{self.value(node.this, scope)[0]} == null"
            case exp.Like():
                return self._like(node, scope)
            case exp.In():
                return self._in(node, scope)
            case exp.Between():
                return self._between(node, scope)
        if type(node) in _COMPARISONS:
            return self._comparison(node, scope)
        raise Inexpressible(f"condition of kind {type(node).__name__}")

    def _operand(self, node: exp.Expr, scope: Scope) -> str:
        text = self.condition(node, scope)
        return f"({text})" if isinstance(node, exp.Or) else text

    def _comparison(self, node: exp.Expr, scope: Scope) -> str:
        left, right, op = node.this, node.expression, _COMPARISONS[type(node)]
        if isinstance(right, exp.Subquery) and op == "==":
            text, _ = self.value(left, scope)
            return f"IN({text}, {self._single(right, scope).inline()})"
        _, kind = self._typed(left, right, scope)
        return f"{self._side(left, scope, kind)} {op} {self._side(right, scope, kind)}"

    def _typed(self, left: exp.Expr, right: exp.Expr, scope: Scope) -> tuple[str, str]:
        """The type that literals of a comparison take: that of the side that is no literal."""
        for side in (left, right):
            if not _is_literal(side, scope) and not isinstance(side, exp.Subquery):
                return self.value(side, scope)
        raise Inexpressible("comparison of two constants")

    def _side(self, node: exp.Expr, scope: Scope, kind: str) -> str:
        if isinstance(node, exp.Subquery):
            return self._bound(self._single(node, None))
        return self._literal_text(node, scope, kind) if _is_literal(node, scope) else self.value(node, scope)[0]

    def _single(self, subquery: exp.Expr, scope: Scope | None) -> Query:
        """A sub-query used as one value: SQLite takes its first row."""
        query = self._combined(_bare(subquery), scope)
        if query.star or len(query.items) != 1:
            raise Inexpressible("sub-query of several columns")
        if not query.limit and (query.group or not is_aggregate(query.items[0].text)):
            query.limit = "1"
        return query

    def _bound(self, query: Query) -> str:
        """A sub-query as a value of its own, worked out before: gives the variable. It cannot refer to outer rows."""
        rows, name = self._variable("found"), self._variable("bound")
        self.lets += [f"let {rows};", f"let {name}: {query.items[0].type};"]
        self.statements += [f"{rows} = {query.lines()};", f"{name} = nasl.util.Get({rows}, 0);"]
        return name

    def _in(self, node: exp.In, scope: Scope) -> str:
        text, kind = self.value(node.this, scope)
        if query := node.args.get("query"):
            inner = self._combined(_bare(query), scope)
            if inner.star or len(inner.items) != 1:
                raise Inexpressible("sub-query of several columns")
            return f"IN({text}, {inner.inline()})"
        return f"IN({text}, [{', '.join(self._literal_text(e, scope, kind) for e in node.expressions)}])"

    def _between(self, node: exp.Between, scope: Scope) -> str:
        text, kind = self.value(node.this, scope)
        low, high = (self._side(node.args[k], scope, kind) for k in ("low", "high"))
        return f"BETWEEN({text}, {low}, {high})"

    def _like(self, node: exp.Like, scope: Scope) -> str:
        text, kind = self.value(node.this, scope)
        if kind != "String":
            raise Inexpressible("LIKE on a number")
        pattern = _text_of(node.expression, scope)
        core = pattern.strip("%")
        if "%" in core or "_" in core or not core:
            raise Inexpressible("LIKE with wildcards inside")
        start, end = pattern.startswith("%"), pattern.endswith("%")
        if start and end:
            return f"LIKE({text}, {quoted(core)})"
        if start or end:
            return f"{'ENDS_WITH' if start else 'STARTS_WITH'}({text}, {quoted(core)})"
        return f"{text} == {quoted(core)}"

    def value(self, node: exp.Expr, scope: Scope) -> tuple[str, str]:
        """The text and NASL type of a value over rows."""
        match node:
            case exp.Paren():
                text, kind = self.value(node.this, scope)
                return f"({text})", kind
            case exp.Column():
                found = scope.find(node)
                if found is None:
                    raise Inexpressible("constant in place of a column")
                return f"{found[0].row}.{found[1].nasl}", found[1].type
        if type(node) in _AGGREGATES:
            return self._aggregate(node, scope)
        if type(node) in _ARITHMETIC:
            (left, a), (right, b) = self.value(node.this, scope), self.value(node.expression, scope)
            if "String" in (a, b):
                raise Inexpressible("arithmetic on texts")
            return f"{left} {_ARITHMETIC[type(node)]} {right}", "Decimal" if "Decimal" in (a, b) else "Long"
        raise Inexpressible(f"value of kind {type(node).__name__}")

    def _aggregate(self, node: exp.Expr, scope: Scope) -> tuple[str, str]:
        name, inner = _AGGREGATES[type(node)], node.this
        if isinstance(inner, exp.Star):
            return "COUNT()", "Long"
        if isinstance(inner, exp.Distinct):
            if name != "COUNT" or len(inner.expressions) != 1:
                raise Inexpressible("aggregate of distinct values")
            return f"COUNT_DISTINCT({self.value(inner.expressions[0], scope)[0]})", "Long"
        text, kind = self.value(inner, scope)
        if name in ("SUM", "AVG") and kind == "String":
            raise Inexpressible("sum of texts")
        return f"{name}({text})", {"COUNT": "Long", "AVG": "Decimal"}.get(name, kind)

    def _literal_text(self, node: exp.Expr, scope: Scope, kind: str) -> str:
        text = _text_of(node, scope)
        if kind == "String":
            return quoted(text)
        try:
            float(text)
        except ValueError:
            raise Inexpressible("text compared with a number") from None
        return text

    def _variable(self, name: str) -> str:
        new = distinct([name], taken=self.variables)[0]
        self.variables.append(new)
        return new


def compile_select(schema: Schema, statement: exp.Expr) -> Compiled:
    """The logic that gives what a SELECT (or a union, difference, intersection of them) gives."""
    return Compiler(schema).compile(statement)


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Subquery | exp.Paren):
        node = node.this
    return node


def _unparen(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _union_parts(statement: exp.Union) -> list[exp.Expr]:
    if statement.args.get("order") or statement.args.get("limit"):
        raise Inexpressible("union that is ordered or cut")
    left, right = _bare(statement.left), _bare(statement.right)
    return [*(_union_parts(left) if isinstance(left, exp.Union) else [left]), right]


def _from(select: exp.Select) -> exp.Expr | None:
    found = select.args.get("from_") or select.args.get("from")
    return found if isinstance(found, exp.Expr) else None


def _from_subquery(select: exp.Select) -> exp.Expr | None:
    start = _from(select)
    if start is None or not isinstance(start.this, exp.Subquery):
        return None
    if select.args.get("joins"):
        raise Inexpressible("join with a sub-query")
    return _bare(start.this)


def _group_keys(select: exp.Select) -> list[exp.Expr]:
    group = select.args.get("group")
    return list(group.expressions) if group else []


def _grouped(condition: str) -> str:
    """The condition in parentheses where an `&&` beside it would bind wrongly."""
    return f"({condition})" if "||" in condition else condition


def _is_literal(node: exp.Expr, scope: Scope) -> bool:
    if isinstance(node, exp.Neg):
        return _is_literal(node.this, scope)
    return isinstance(node, exp.Literal) or (isinstance(node, exp.Column) and scope.find(node) is None)


def _text_of(node: exp.Expr, scope: Scope) -> str:
    if isinstance(node, exp.Neg):
        return "-" + _text_of(node.this, scope)
    if isinstance(node, exp.Literal):
        return str(node.this)
    if isinstance(node, exp.Column) and scope.find(node) is None:
        return str(node.name)
    raise Inexpressible("comparison with something that is no constant")


def _field_name(node: exp.Expr, scope: Scope) -> str:
    """A name for a result field: the column's own, with the aggregate before it."""
    columns = [found[1].nasl for c in node.find_all(exp.Column) if (found := scope.find(c))]
    if isinstance(node, exp.Column):
        return columns[0]
    if isinstance(node, exp.Count):
        return "count"
    verbs: dict[type[exp.Expr], str] = {exp.Sum: "sum", exp.Avg: "average", exp.Max: "max", exp.Min: "min"}
    verb = verbs.get(type(node), "value")
    return camel_case(f"{verb} {columns[0]}" if columns else verb)

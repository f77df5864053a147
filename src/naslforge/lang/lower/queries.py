"""Queries and matches: calls that the grammar knows nothing of, read by their shape."""

from dataclasses import dataclass
from dataclasses import field as default

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.exprs import ExprLowering
from naslforge.lang.lower.reader import safe

# the accepted order; SELECT may also stand before ORDER_BY
_ORDER = {
    "LEFT_JOIN": 0, "INNER_JOIN": 0, "RIGHT_JOIN": 0, "OUTER_JOIN": 0, "WHERE": 1, "GROUP_BY": 2, "HAVING": 3,
    "ORDER_BY": 4, "SELECT": 5, "SELECT_DISTINCT": 5, "LIMIT": 6,
}  # fmt: skip
_SPELLINGS = {
    "JOIN": "INNER_JOIN", "FULL_JOIN": "OUTER_JOIN", "FULL_OUTER_JOIN": "OUTER_JOIN", "LEFT_OUTER_JOIN": "LEFT_JOIN",
    "RIGHT_OUTER_JOIN": "RIGHT_JOIN", "ORDERBY": "ORDER_BY", "GROUPBY": "GROUP_BY", "DISTINCT": "SELECT_DISTINCT",
    "FILTER": "WHERE", "SORT": "ORDER_BY", "SORT_BY": "ORDER_BY", "TAKE": "LIMIT", "MAP": "SELECT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Clause:
    name: str
    word: CST  # the clause's name in the text
    call: CST
    args: list[CST]


@dataclass(slots=True)
class _Parts:
    """What the clauses of one query have said so far."""

    joins: list[n.Join] = default(default_factory=list)
    where: n.Expr | None = None
    group_by: tuple[n.Expr, ...] = ()
    having: n.Expr | None = None
    order_by: tuple[n.OrderKey, ...] = ()
    select: n.Expr | None = None
    distinct: bool = False
    limit: n.Limit | None = None


class QueryLowering(ExprLowering):
    """`FROM(entity, Row => $ .CLAUSE(…) …)`."""

    def query(self, cst: CST) -> n.Query | n.Hole:
        args = parts(field(cst, "arguments"))
        if len(args) != 2 or args[1].type != "arrow_function":
            self.fault(rules.QUERY_SHAPE, cst)
            return n.Hole(self.at(cst))
        names, body = self.lambda_params(args[1]), field(args[1], "body")
        clauses = self.clauses(body)
        if len(names) != 1 or clauses is None:
            self.fault(rules.QUERY_SHAPE, args[1])
            return n.Hole(self.at(cst))
        self.clause_order(body, clauses)
        self.in_query += 1
        try:
            found = _Parts()
            for clause in clauses:
                getattr(self, f"clause_{clause.name.lower()}", self.clause_join)(clause, found)
            return n.Query(
                self.at(cst), self.expr(args[0]), names[0], tuple(found.joins), found.where, found.group_by,
                found.having, found.order_by, found.select, found.distinct, found.limit,
            )  # fmt: skip
        finally:
            self.in_query -= 1

    def clauses(self, body: CST) -> list[_Clause] | None:
        """The clauses in the order of the text; None where the chain does not start at `$`."""
        found: list[_Clause] = []
        while body.type == "call_expression":
            callee = field(body, "function")
            if callee.type != "member_expression":
                return None
            word = field(callee, "property")
            name = self.clause_name(word)
            if name is not None:
                found.append(_Clause(name, word, body, parts(field(body, "arguments"))))
            body = field(callee, "object")
        return found[::-1] if self.text(body) == "$" else None

    def clause_name(self, word: CST) -> str | None:
        written = self.text(word)
        upper = written.upper()
        name = upper if upper in _ORDER else _SPELLINGS.get(upper)
        if name == written:
            return name
        fixes = [safe(f"write `{name}`", [self.replace(word, name)])] if name == upper else []
        near = f"; write `{name}`" if name else ""
        near_zh = f"，应写 `{name}`" if name else ""
        known = ", ".join(_ORDER)
        self.fault(rules.UNKNOWN_CLAUSE, word, *fixes, name=written, near=near, near_zh=near_zh, known=known)
        return name

    def clause_order(self, body: CST, clauses: list[_Clause]) -> None:
        """Joins, WHERE, GROUP_BY, HAVING, ORDER_BY, SELECT, LIMIT; SELECT also before ORDER_BY; each once."""
        self._repeated(clauses)
        ranks = [_ORDER[clause.name] for clause in clauses]
        relaxed = [4 if rank == 5 else rank for rank in ranks]
        if relaxed == sorted(relaxed):
            return
        late = next(i for i in range(1, len(ranks)) if relaxed[i] < max(relaxed[:i]))
        in_order = sorted(clauses, key=lambda clause: _ORDER[clause.name])
        edits = [
            self.replace_between(old.word.start_byte, old.call.end_byte, self._clause_text(new))
            for old, new in zip(clauses, in_order, strict=True)
            if old is not new
        ]
        self.fault(
            rules.CLAUSE_ORDER, clauses[late].word, safe("put the clauses in order", edits), name=clauses[late].name
        )

    def _clause_text(self, clause: _Clause) -> str:
        return self.prepared.text(clause.word.start_byte, clause.call.end_byte)

    def _repeated(self, clauses: list[_Clause]) -> None:
        seen: dict[str, _Clause] = {}
        for clause in clauses:
            kind = clause.name.removesuffix("_DISTINCT")
            if kind in seen and _ORDER[clause.name] != 0:
                self.fault(rules.REPEATED_CLAUSE, clause.word, name=clause.name)
            seen.setdefault(kind, clause)

    # --- one method for each clause

    def one_argument(self, clause: _Clause) -> CST | None:
        if len(clause.args) != 1:
            self.fault(rules.CLAUSE_ARGUMENTS, clause.word, name=clause.name, wanted="one argument",
                       wanted_zh="一个参数")  # fmt: skip
        return clause.args[0] if clause.args else None

    def condition(self, clause: _Clause, before: n.Expr | None) -> n.Expr | None:
        """A second WHERE or HAVING was reported; both must hold."""
        given = self.one_argument(clause)
        if given is None:
            return before
        found = self.expr(self.lambda_body(given))
        return found if before is None else n.Binary(before.span.to(found.span), "&&", before, found)

    def lambda_body(self, cst: CST) -> CST:
        """`Order => Order.amount > 1` where only the condition belongs: the row name is already there."""
        if cst.type != "arrow_function" or field(cst, "body").type == "statement_block":
            return cst
        body = field(cst, "body")
        self.fault(rules.CLAUSE_LAMBDA, cst, safe("leave out the lambda", [self.replace(cst, self.text(body))]))
        return body

    def clause_where(self, clause: _Clause, found: _Parts) -> None:
        found.where = self.condition(clause, found.where)

    def clause_having(self, clause: _Clause, found: _Parts) -> None:
        found.having = self.condition(clause, found.having)

    def clause_group_by(self, clause: _Clause, found: _Parts) -> None:
        args = clause.args
        if len(args) == 1 and args[0].type == "array":  # a slip with one meaning
            inner = parts(args[0])
            keys = ", ".join(map(self.text, inner))
            self.fault(rules.CLAUSE_ARGUMENTS, args[0], safe("leave out the brackets", [self.replace(args[0], keys)]),
                       name=clause.name, wanted="keys without brackets", wanted_zh="不带方括号的分组项")  # fmt: skip
            args = inner
        found.group_by += self.exprs(args)

    def clause_order_by(self, clause: _Clause, found: _Parts) -> None:
        found.order_by += tuple(key for arg in clause.args if (key := self.order_key(clause, arg)) is not None)

    def order_key(self, clause: _Clause, cst: CST) -> n.OrderKey | None:
        if cst.type != "array":
            text = self.text(cst)
            self.fault(rules.ORDER_PAIR, cst, safe("write the pair", [self.replace(cst, f"[{text}, 'ASC']")]))
            return None if cst.type == "string" and text[1:-1].upper() in ("ASC", "DESC") else n.OrderKey(
                self.at(cst), self.expr(cst), None
            )  # fmt: skip
        pair = parts(cst)
        if not 1 <= len(pair) <= 2:
            self.fault(rules.ORDER_PAIR, cst)
            return None
        direction = self.expr(pair[1]) if len(pair) == 2 else None
        return n.OrderKey(self.at(cst), self.expr(pair[0]), direction)

    def clause_select(self, clause: _Clause, found: _Parts) -> None:
        given = self.one_argument(clause)
        if given is not None:
            found.select = self.expr(given)
            found.distinct = clause.name == "SELECT_DISTINCT"

    clause_select_distinct = clause_select

    def clause_limit(self, clause: _Clause, found: _Parts) -> None:
        if not 1 <= len(clause.args) <= 2:
            self.fault(rules.CLAUSE_ARGUMENTS, clause.word, name="LIMIT", wanted="`LIMIT(n)` or `LIMIT(page, size)`",
                       wanted_zh="`LIMIT(n)` 或 `LIMIT(page, size)`")  # fmt: skip
            return
        *page, size = self.exprs(clause.args)
        found.limit = n.Limit(self.between(clause.word, clause.call), page[0] if page else None, size)

    def clause_join(self, clause: _Clause, found: _Parts) -> None:
        args = clause.args
        if len(args) != 2 or args[1].type != "arrow_function":
            self.fault(rules.JOIN_SHAPE, clause.word, name=clause.name)
            return
        names, body = self.lambda_params(args[1]), field(args[1], "body")
        on = parts(field(body, "arguments")) if body.type == "call_expression" else []
        if len(names) != 1 or len(on) != 1 or self.text(field(body, "function")) != "ON":
            self.fault(rules.JOIN_SHAPE, args[1], name=clause.name)
            on = [body] if body.type == "binary_expression" else on[:1]
        if names and on:
            kind = clause.name.removesuffix("_JOIN")
            place = self.between(clause.word, clause.call)
            found.joins.append(n.Join(place, kind, self.expr(args[0]), names[0], self.expr(on[0])))

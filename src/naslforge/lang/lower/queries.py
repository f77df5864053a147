"""Queries and matches: calls that the grammar knows nothing of, read by their shape."""

import re
from dataclasses import dataclass
from dataclasses import field as default

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.exprs import ExprLowering
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.spelling import meant

# the accepted order; SELECT may also stand before ORDER_BY
_ORDER = {
    "LEFT_JOIN": 0, "INNER_JOIN": 0, "RIGHT_JOIN": 0, "OUTER_JOIN": 0, "WHERE": 1, "GROUP_BY": 2, "HAVING": 3,
    "ORDER_BY": 4, "SELECT": 5, "SELECT_DISTINCT": 5, "LIMIT": 6,
}  # fmt: skip
_SPELLINGS = {name.replace("_", ""): name for name in _ORDER} | {
    "JOIN": "INNER_JOIN", "FULLJOIN": "OUTER_JOIN", "FULLOUTERJOIN": "OUTER_JOIN", "LEFTOUTERJOIN": "LEFT_JOIN",
    "RIGHTOUTERJOIN": "RIGHT_JOIN", "DISTINCT": "SELECT_DISTINCT", "FILTER": "WHERE", "SORT": "ORDER_BY",
    "SORTBY": "ORDER_BY", "TAKE": "LIMIT", "TOP": "LIMIT", "FIRST": "LIMIT", "MAP": "SELECT", "PROJECT": "SELECT",
    "RETURN": "SELECT", "ORDER": "ORDER_BY", "GROUP": "GROUP_BY",
}  # fmt: skip
_ORDER_TEXT = re.compile(r"(\w+)\s+(asc|desc|ASC|DESC)")
_PAGING = {"PAGINATE", "PAGE", "PAGING", "PAGEBY"}
_DIRECTIONS = {"ASC": "ASC", "ASCENDING": "ASC", "DESC": "DESC", "DESCENDING": "DESC", "-1": "DESC", "1": "ASC"}


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

    row = ""  # of the query that is being read

    def query(self, cst: CST) -> n.Query | n.Call | n.Hole:
        args = parts(field(cst, "arguments"))
        if len(args) != 2:
            self.fault(rules.QUERY_SHAPE, cst)
            return self.hole(cst)
        bare = args[1].type != "arrow_function"
        names = self.row_missing(cst, args) if bare else self.lambda_params(args[1])
        body = args[1] if bare else field(args[1], "body")
        clauses = self.clauses(body, names)
        if len(names) != 1 or clauses is None:
            self.fault(rules.QUERY_SHAPE, args[1])
            return self.hole(cst)
        paging = self.paging(cst, clauses)
        if paging is not None:
            clauses = clauses[:-1]
        found = self.query_of(cst, args[0], names[0], clauses)
        if paging is None:
            return found
        place = self.at(cst)
        return n.Call(place, n.Name(place, "PAGINATE"), (), (found, *self.exprs(paging.args)))

    def row_missing(self, cst: CST, args: list[CST]) -> tuple[n.Ident, ...]:
        """`FROM(app.….OrderEntity, $.WHERE(…))`: the row has the entity's name where the clauses speak of it so."""
        row = self.text(args[0]).rpartition(".")[2].removesuffix("Entity")
        if not row.isidentifier() or not re.search(rf"\b{row}\.", self.text(args[1])):
            return ()
        place = self.at(args[1]).at_start()
        self.fault(rules.QUERY_SHAPE, place, safe(f"write `{row} =>`", [self.insert(place, f"{row} => ")]))
        return (n.Ident(place, row),)

    def paging(self, cst: CST, clauses: list[_Clause]) -> _Clause | None:
        """`.PAGINATE(page, size)` as the last clause: PAGINATE goes round the whole query."""
        if not clauses or clauses[-1].name != "PAGINATE":
            return None
        last = clauses[-1]
        dot = last.word.prev_sibling or last.word
        given = ", ".join(map(self.text, last.args))
        edits = [
            self.insert(self.at(cst).at_start(), "PAGINATE("),
            self.replace_between(dot.start_byte, last.call.end_byte, ""),
            self.insert(self.at(cst).at_end(), f", {given})"),
        ]
        known = ", ".join(_ORDER)
        self.fault(rules.UNKNOWN_CLAUSE, last.word, safe("write `PAGINATE(FROM(…), page, size)`", edits),
                   name=self.text(last.word), near="; write `PAGINATE(FROM(…), page, size)`",
                   near_zh="，应写 `PAGINATE(FROM(…), page, size)`", known=known)  # fmt: skip
        return last

    def query_of(self, cst: CST, entity: CST, row: n.Ident, clauses: list[_Clause]) -> n.Query:
        self.clause_order(cst, clauses)
        self.in_query += 1
        outer, self.row = self.row, row.name
        try:
            found = _Parts()
            for clause in clauses:
                getattr(self, f"clause_{clause.name.lower()}", self.clause_join)(clause, found)
            return n.Query(
                self.at(cst), self.expr(entity), row, tuple(found.joins), found.where, found.group_by,
                found.having, found.order_by, found.select, found.distinct, found.limit,
            )  # fmt: skip
        finally:
            self.in_query -= 1
            self.row = outer

    def clauses(self, body: CST, names: tuple[n.Ident, ...]) -> list[_Clause] | None:
        """The clauses in the order of the text; None where the chain starts neither at `$` nor at the row."""
        found: list[_Clause] = []
        while body.type == "call_expression":
            callee = field(body, "function")
            if callee.type != "member_expression":
                return None
            word = field(callee, "property")
            given = parts(field(body, "arguments"))
            paging = not found and len(given) == 2 and self.text(word).upper().replace("_", "") in _PAGING
            name = "PAGINATE" if paging else self.clause_name(word)
            if name is not None:
                found.append(_Clause(name, word, body, given))
            body = field(callee, "object")
        root = self.text(body)
        if root != "$" and found and root in [name.name for name in names]:
            self.fault(rules.QUERY_SHAPE, body, safe("write `$`", [self.replace(body, "$")]))
            root = "$"
        return found[::-1] if root == "$" else None

    def clause_name(self, word: CST) -> str | None:
        written = self.text(word)
        name = _SPELLINGS.get(written.upper().replace("_", "")) or meant(written.upper(), _ORDER)
        if name == written:
            return name
        fixes = [safe(f"write `{name}`", [self.replace(word, name)])] if name else []
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
                self.fault(rules.REPEATED_CLAUSE, clause.word, *self._joined(seen[kind], clause), name=clause.name)
            seen.setdefault(kind, clause)

    def _joined(self, first: _Clause, second: _Clause) -> list[Fix]:
        """Both conditions in the first clause."""
        if first.name not in ("WHERE", "HAVING") or [len(first.args), len(second.args)] != [1, 1]:
            return []
        one, other = first.args[0], second.args[0]
        if {one.type, other.type} & {"object", "arrow_function"}:
            return []
        both = f"{self._operand(one)} && {self._operand(other)}"
        before = field(field(second.call, "function"), "object")
        gone = self.replace_between(before.end_byte, second.call.end_byte, "")
        return [unsafe("join the conditions with `&&`", [self.replace(one, both), gone])]

    def _operand(self, condition: CST) -> str:
        text = self.text(condition)
        return f"({text})" if condition.type == "binary_expression" and " || " in text else text

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
        while given.type == "parenthesized_expression" and len(parts(given)) == 1:
            given = parts(given)[0]
        if given.type == "object" and parts(given):
            return self.condition_of(clause, given)
        outer = self.renamed
        try:
            found = self.expr(self.lambda_body(given))
        finally:
            self.renamed = outer
        return found if before is None else n.Binary(before.span.to(found.span), "&&", before, found)

    def condition_of(self, clause: _Clause, cst: CST) -> n.Expr:
        """`WHERE({ status: status })`, as mappers of objects have it."""
        tests = []
        for pair in parts(cst):
            key, value = (field(pair, "key"), field(pair, "value")) if pair.type == "pair" else (pair, pair)
            tests.append(f"{self.row}.{self.text(key)} == {self.grouped(value)}" if value is not None else "")
        text = " && ".join(tests)
        self.fault(rules.CLAUSE_ARGUMENTS, cst, safe(f"write `{text}`", [self.replace(cst, text)]), name=clause.name,
                   wanted="a condition", wanted_zh="一个条件")  # fmt: skip
        return self.hole(cst)

    def lambda_body(self, cst: CST) -> CST:
        """`Order => Order.amount > 1` where only the condition belongs: the row name is already there."""
        if cst.type != "arrow_function" or field(cst, "body").type == "statement_block":
            return cst
        body, params = field(cst, "body"), self.lambda_params(cst)
        text = self.text(body)
        if len(params) == 1 and params[0].name != self.row:  # another name for the row
            self.renamed = {**self.renamed, params[0].name: (self.row,)}
            text = re.sub(rf"(?<![\w.]){re.escape(params[0].name)}\b", self.row, text)
        self.fault(rules.CLAUSE_LAMBDA, cst, safe("leave out the lambda", [self.replace(cst, text)]))
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
        args = clause.args
        if len(args) == 2 and args[0].type != "array" and self.direction(args[1]) is not None:
            pair = f"[{self.text(args[0])}, '{self.direction(args[1])}']"
            place = self.between(args[0], args[1])
            self.fault(rules.ORDER_PAIR, place, safe(f"write `{pair}`", [Edit(place, pair)]))
            found.order_by += (n.OrderKey(place, self.expr(args[0]), None),)
            return
        found.order_by += tuple(key for arg in args if (key := self.order_key(clause, arg)) is not None)

    def direction(self, cst: CST) -> str | None:
        """ASC or DESC, in whatever way it is written."""
        return _DIRECTIONS.get(self.text(cst).strip("'\"").upper())

    def order_key(self, clause: _Clause, cst: CST) -> n.OrderKey | None:
        if cst.type == "object":
            return self.order_object(cst)
        if cst.type == "string" and (named := _ORDER_TEXT.fullmatch(self.text(cst)[1:-1])):
            text = f"[{self.row}.{named[1]}, '{named[2].upper()}']"
            self.fault(rules.ORDER_PAIR, cst, safe(f"write `{text}`", [self.replace(cst, text)]))
            key = n.Member(self.at(cst), n.Name(self.at(cst), self.row), n.Ident(self.at(cst), named[1]))
            return n.OrderKey(self.at(cst), key, None)
        if cst.type != "array":
            fixes = []
            if cst.type in ("member_expression", "call_expression"):
                text = f"[{self.text(cst)}, 'ASC']"
                fixes = [safe(f"write `{text}`", [self.replace(cst, text)])]
            self.fault(rules.ORDER_PAIR, cst, *fixes)
            if self.direction(cst) is not None:
                return None
            return n.OrderKey(self.at(cst), self.expr(self.lambda_inside(cst)), None)
        pair = parts(cst)
        if not 1 <= len(pair) <= 2:
            self.fault(rules.ORDER_PAIR, cst)
            return None
        direction = self.order_direction(pair[1]) if len(pair) == 2 else None
        return n.OrderKey(self.at(cst), self.expr(pair[0]), direction)

    def lambda_inside(self, cst: CST) -> CST:
        """The value of a lambda that was reported with what stands round it."""
        return field(cst, "body") if cst.type == "arrow_function" else cst

    def order_direction(self, cst: CST) -> n.Expr:
        """`DESC` without quotes, `-1`: surely a direction."""
        found = self.direction(cst)
        if found is None or cst.type == "string":
            return self.expr(cst)
        fix = safe(f"write `'{found}'`", [self.replace(cst, f"'{found}'")])
        self.fault(rules.ORDER_DIRECTION, cst, fix, given=f"`{self.text(cst)}`")
        return self.hole(cst)

    def order_object(self, cst: CST) -> n.OrderKey | None:
        """`{ by: Order.amount, asc: false }`, as ListSort has it."""
        given = {self.text(field(pair, "key")): field(pair, "value") for pair in parts(cst) if pair.type == "pair"}
        key = next((given[name] for name in ("by", "key", "field", "column", "property") if name in given), None)
        if key is None:
            self.fault(rules.ORDER_PAIR, cst)
            return None
        down = self.text(given.get("asc")) == "false" or self.text(given.get("desc")) == "true"
        down = down or self.direction(given["order"]) == "DESC" if "order" in given else down
        sure = given.keys() <= {"by", "key", "field", "column", "property", "asc", "desc", "order"}
        text = f"[{self.text(key)}, '{'DESC' if down else 'ASC'}']"
        self.fault(rules.ORDER_PAIR, cst, (safe if sure else unsafe)(f"write `{text}`", [self.replace(cst, text)]))
        return n.OrderKey(self.at(cst), self.expr(key), None)

    def clause_select(self, clause: _Clause, found: _Parts) -> None:
        given = self.columns(clause) or self.one_argument(clause)
        if isinstance(given, n.Node):
            found.select = given
        elif given is not None:
            found.select = self.expr(given)
        if given is not None:
            found.distinct = clause.name == "SELECT_DISTINCT"

    clause_select_distinct = clause_select

    def columns(self, clause: _Clause) -> n.ObjectLiteral | None:
        """`SELECT(Order.id, Order.amount)`, `SELECT([Order.id, Order.amount])`: the fields of a result have names."""
        args = clause.args
        if len(args) == 1 and args[0].type == "array":
            args = parts(args[0])
        names = [self.text(field(arg, "property")) if arg.type == "member_expression" else "" for arg in args]
        if args == clause.args[:1] or not args or not all(names) or len(set(names)) < len(names):
            return None
        text = ", ".join(f"{name}: {self.text(arg)}" for name, arg in zip(names, args, strict=True))
        place = self.between(clause.args[0], clause.args[-1])
        self.fault(rules.CLAUSE_ARGUMENTS, place, safe("name the fields", [Edit(place, f"{{ {text} }}")]),
                   name=clause.name, wanted="one argument `{ name: value }`",
                   wanted_zh="一个参数 `{ 名字: 值 }`")  # fmt: skip
        entries = (
            n.Entry(self.at(arg), n.Ident(self.at(arg), name), self.expr(arg))
            for name, arg in zip(names, args, strict=True)
        )
        return n.ObjectLiteral(place, tuple(entries))

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
            plain = len(names) == 1 and body.type == "binary_expression"
            fix = [safe("write `ON(…)`", [self.replace(body, f"ON({self.text(body)})")])] if plain else []
            self.fault(rules.JOIN_SHAPE, args[1], *fix, name=clause.name)
            on = [body] if body.type == "binary_expression" else on[:1]
        if names and on:
            kind = clause.name.removesuffix("_JOIN")
            place = self.between(clause.word, clause.call)
            found.joins.append(n.Join(place, kind, self.expr(args[0]), names[0], self.expr(on[0])))

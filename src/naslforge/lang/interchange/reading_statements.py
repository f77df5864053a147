"""From AST to nodes: statements, queries and navigation."""

from collections.abc import Iterator
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.interchange.names import NOWHERE, is_path
from naslforge.lang.interchange.reading import CannotBeText, Json, Reading

_JOINS = {"LEFT": "LEFT", "RIGHT": "RIGHT", "INNER": "INNER", "FULL": "OUTER", "OUTER": "OUTER"}
_AGGREGATES = {"COUNT": "COUNT", "COUNTD": "COUNT_DISTINCT", "SUM": "SUM", "AVG": "AVG", "MAX": "MAX", "MIN": "MIN"}


class Statements(Reading):
    """Reads the bodies of logics."""

    def block(self, value: Any, path: str, value_of: bool = False) -> n.Block:
        """Statements; `value_of` says that the last item of a match branch is its value."""
        items = self.list(value, path)
        found: list[n.Stmt] = []
        for i, item in enumerate(items):
            at = f"{path}[{i}]"
            try:
                if value_of and i == len(items) - 1:
                    found.append(n.Return(NOWHERE, self.expr(item, at)))
                else:
                    found += self.statement(item, at, last=i == len(items) - 1)
            except CannotBeText as fault:
                found.append(self.lost(str(fault), at))
        return n.Block(NOWHERE, tuple(found))

    def lost(self, what: str, path: str) -> n.Comment:
        """Something without text form: reported, and a comment in its place."""
        self.cannot(path, what, what)
        safe = what.replace("*/", "* /").replace("\n", " ")
        return n.Comment(NOWHERE, f"/* not convertible: {safe} */")

    def statement(self, value: Any, path: str, last: bool = False) -> Iterator[n.Stmt] | list[n.Stmt]:
        concept = self.concept(value, path)
        read = getattr(self, f"statement_{concept}", None)
        if read is not None:
            found: list[n.Stmt] = read(value, path)
            return found
        if concept == "Match" and not value.get("isExpression"):
            return [n.ExprStmt(NOWHERE, self.expr(value, path))]
        return [n.ExprStmt(NOWHERE, self.expr(value, path))]

    def statement_Start(self, value: Json, path: str) -> list[n.Stmt]:
        return []

    def statement_End(self, value: Json, path: str) -> list[n.Stmt]:
        return [n.Return(NOWHERE, n.Name(NOWHERE, self.result) if self.result else None)]

    def statement_Comment(self, value: Json, path: str) -> list[n.Stmt]:
        given = value.get("value")
        text = given if isinstance(given, str) else ""
        return [n.Comment(NOWHERE, self.comment(value, text))]

    def comment(self, node: Json, text: str) -> str:
        """A comment's text with its marks; what the marks cannot hold is carried."""
        if "\n" not in text and "\r" not in text and text == text.strip():
            return f"// {text}" if text else "//"
        safe = text.replace("*/", "* /").replace("\r", "").strip()
        if safe != text:
            self.keep(node, "value")
        return f"/* {safe} */" if safe else "//"

    def statement_Assignment(self, value: Json, path: str) -> list[n.Stmt]:
        left = self.expr(value.get("left"), f"{path}.left")
        if not isinstance(left, n.Name | n.Member):
            raise CannotBeText(f"{path}: nothing can be assigned to a {type(left).__name__}")
        return [n.Assign(NOWHERE, left, self.expr(value.get("right"), f"{path}.right"))]

    def statement_BatchAssignment(self, value: Json, path: str) -> list[n.Stmt]:
        """One assignment for each line that is drawn between the two sides."""
        self.concept(value.get("left"), f"{path}.left")
        members = self.list(value["left"].get("members"), path)
        rights = self.list(value.get("rights"), path)
        found: list[n.Stmt] = []
        for line in self.list(value.get("assignmentLines"), path):
            left, right = (line or {}).get("leftIndex"), (line or {}).get("rightIndex")
            left = left[-1] if isinstance(left, list) and left else left
            if not (isinstance(left, int) and isinstance(right, int) and left < len(members) and right < len(rights)):
                raise CannotBeText(f"{path}: an assignment line that leads nowhere")
            target = self.expr(members[left], path)
            if not isinstance(target, n.Name | n.Member):
                raise CannotBeText(f"{path}: nothing can be assigned to a {type(target).__name__}")
            found.append(n.Assign(NOWHERE, target, self.expr(rights[right], path)))
        return found

    def statement_IfStatement(self, value: Json, path: str) -> list[n.Stmt]:
        return [self._if(value, path)]

    def _if(self, value: Json, path: str) -> n.If:
        test = self.expr(value.get("test"), f"{path}.test")
        then = self.block(value.get("consequent"), f"{path}.consequent")
        alternate = self.list(value.get("alternate"), path)
        if not alternate:
            return n.If(NOWHERE, test, then, None)
        only = alternate[0]
        if len(alternate) == 1 and isinstance(only, dict) and only.get("concept") == "IfStatement":
            try:
                return n.If(NOWHERE, test, then, self._if(only, f"{path}.alternate[0]"))
            except CannotBeText:
                pass  # the block below reports it
        return n.If(NOWHERE, test, then, self.block(alternate, f"{path}.alternate"))

    def statement_SwitchStatement(self, value: Json, path: str) -> list[n.Stmt]:
        """Cases in order as a chain of ifs; a case without test is the else."""
        chain: n.If | n.Block | None = None
        for i, case in reversed(list(enumerate(self.list(value.get("cases"), path)))):
            self.concept(case, f"{path}.cases[{i}]")
            body = self.block(case.get("consequent"), f"{path}.cases[{i}].consequent")
            if case.get("test"):
                chain = n.If(NOWHERE, self.expr(case["test"], f"{path}.cases[{i}].test"), body, chain)
            elif chain is None:
                chain = body
        return [] if chain is None else [chain] if isinstance(chain, n.If) else list(chain.statements)

    def statement_WhileStatement(self, value: Json, path: str) -> list[n.Stmt]:
        test = self.expr(value.get("test"), f"{path}.test")
        return [n.While(NOWHERE, test, self.block(value.get("body"), f"{path}.body"))]

    def statement_ForEachStatement(self, value: Json, path: str) -> list[n.Stmt]:
        each = self.expr(value.get("each"), f"{path}.each")
        start, end = self.maybe(value.get("start"), path), self.maybe(value.get("end"), path)
        names = []
        for part, default in (("index", "index"), ("item", "item")):
            named = value.get(part)
            names.append(self.ident(named.get("name") if isinstance(named, dict) else default, f"{path}.{part}"))
        if isinstance(start, n.Number) and start.text == "0" and end is None:
            start = None
        body = self.block(value.get("body"), f"{path}.body")
        return [n.ForList(NOWHERE, each, start, end, names[0], names[1], body)]

    def statement_Abort(self, value: Json, path: str) -> list[n.Stmt]:
        return [n.Abort(NOWHERE, None)]

    def statement_JSBlock(self, value: Json, path: str) -> list[n.Stmt]:
        code = n.Text(NOWHERE, str(value.get("code") or ""))
        return [n.ExprStmt(NOWHERE, n.Call(NOWHERE, self.path_of("nasl.js.block", path), (), (code,)))]

    # --- navigation

    def statement_Destination(self, value: Json, path: str) -> list[n.Stmt]:
        return [n.ExprStmt(NOWHERE, self.expr_Destination(value, path))]

    def expr_Destination(self, value: Json, path: str) -> n.Expr:
        space, name = value.get("viewNamespace"), value.get("viewName")
        if not is_path(f"{space}.{name}"):
            raise CannotBeText(f"{path}: a destination that names no page")
        frontend, _, inner = f"{space}.{name}".partition(".views.")
        place = frontend.split(".")
        target = f"{place[2] if len(place) > 2 else 'pc'}.{inner.replace('.views.', '.')}"
        entries = []
        for argument in self.list(value.get("arguments"), path):
            self.concept(argument, path)
            if argument.get("expression"):
                name = self.ident(argument.get("keyword"), f"{path}.arguments")
                entries.append(n.Entry(NOWHERE, name, self.expr(argument["expression"], f"{path}.arguments")))
        args: list[n.Expr] = [n.Text(NOWHERE, target)]
        opened = value.get("target")
        if entries or opened not in (None, "_self"):
            args.append(n.ObjectLiteral(NOWHERE, tuple(entries)))
        if isinstance(opened, str) and opened != "_self":
            args.append(n.Text(NOWHERE, opened))
        return n.Call(NOWHERE, self.path_of("nasl.ui.destination", path), (), tuple(args))

    def statement_ExternalDestination(self, value: Json, path: str) -> list[n.Stmt]:
        return [n.ExprStmt(NOWHERE, self.expr_ExternalDestination(value, path))]

    def expr_ExternalDestination(self, value: Json, path: str) -> n.Expr:
        link = value.get("link")
        args: list[n.Expr] = [n.Text(NOWHERE, link) if isinstance(link, str) else self.expr(link, f"{path}.link")]
        if isinstance(value.get("target"), str) and value["target"] != "_self":
            args.append(n.Text(NOWHERE, value["target"]))
        return n.Call(NOWHERE, self.path_of("nasl.ui.gotoLink", path), (), tuple(args))

    # --- queries

    def expr_Paginate(self, value: Json, path: str) -> n.Expr:
        args = tuple(self.expr(value.get(part), f"{path}.{part}") for part in ("list", "page", "size"))
        return n.Call(NOWHERE, n.Name(NOWHERE, "PAGINATE"), (), args)

    def expr_CallQueryComponent(self, value: Json, path: str) -> n.Expr:
        self.concept(value.get("from"), f"{path}.from")
        source: Json = value["from"]
        select, limit = value.get("select"), value.get("limit")
        distinct = bool(select and select.get("distinct"))
        return n.Query(
            NOWHERE, self._table(source, path), self.ident(source.get("asName"), f"{path}.from"),
            tuple(self._joins(source, path)), self.maybe(value.get("where"), f"{path}.where"),
            tuple(self.expr(g.get("groupElement"), f"{path}.groupBy") for g in self._parts(value, "groupBy", path)),
            self.maybe(value.get("having"), f"{path}.having"),
            tuple(self._order(o, path) for o in self._parts(value, "orderBy", path)),
            self._select(select, path) if select else None, distinct, self._limit(limit, path) if limit else None,
        )  # fmt: skip

    def _parts(self, value: Json, name: str, path: str) -> list[Json]:
        parts = self.list(value.get(name), f"{path}.{name}")
        for part in parts:
            self.concept(part, f"{path}.{name}")
        return parts

    def _table(self, value: Json, path: str) -> n.Expr:
        return self.path_of(f"{value.get('entityNamespace')}.{value.get('entityName')}Entity", path)

    def _joins(self, value: Json, path: str) -> Iterator[n.Join]:
        for part in self._parts(value, "joinParts", path):
            kind = _JOINS.get(str(part.get("joinType") or "LEFT").upper().removesuffix("_JOIN"))
            if kind is None:
                raise CannotBeText(f"{path}: there is no join {str(part.get('joinType'))[:20]!r}")
            conditions = [self.expr(e, f"{path}.onExpressions") for e in self.list(part.get("onExpressions"), path)]
            if not conditions:
                raise CannotBeText(f"{path}: a join without condition")
            on = conditions[0]
            for condition in conditions[1:]:
                on = n.Binary(NOWHERE, "&&", on, condition)
            yield n.Join(NOWHERE, kind, self._table(part, path), self.ident(part.get("asName"), path), on)
            yield from self._joins(part, path)

    def expr_QueryFieldExpression(self, value: Json, path: str) -> n.Expr:
        row = n.Name(NOWHERE, self.ident(value.get("entityAsName"), path).name)
        if value.get("isDotStar"):
            return row
        return n.Member(NOWHERE, row, self._member_name(value.get("propertyName"), path))

    def expr_QueryAggregateExpression(self, value: Json, path: str) -> n.Expr:
        name = _AGGREGATES.get(str(value.get("aggregateName")).upper())
        if name is None:
            raise CannotBeText(f"{path}: there is no aggregate {str(value.get('aggregateName'))[:20]!r}")
        given = self.expr(value.get("aggregateParam"), f"{path}.aggregateParam")
        return n.Call(NOWHERE, n.Name(NOWHERE, name), (), (given,))

    def _order(self, value: Json, path: str) -> n.OrderKey:
        key, order = self.expr(value.get("orderElement"), f"{path}.orderBy"), value.get("order")
        direction = n.Text(NOWHERE, order) if isinstance(order, str) else self.maybe(order, f"{path}.orderBy")
        return n.OrderKey(NOWHERE, key, direction)

    def _select(self, value: Json, path: str) -> n.Expr | None:
        elements = self._parts(value, "selectElements", path)
        if value.get("star") or not elements:
            return None
        if len(elements) == 1 and not elements[0].get("asName"):
            return self.expr(elements[0], f"{path}.select")
        entries = []
        for element in elements:
            name = element.get("asName") or element.get("propertyName") or element.get("entityAsName")
            entries.append(n.Entry(NOWHERE, self._member_name(name, path), self.expr(element, f"{path}.select")))
        return n.ObjectLiteral(NOWHERE, tuple(entries))

    def _limit(self, value: Json, path: str) -> n.Limit:
        page, size = value.get("pageElement"), value.get("pageSizeElement")
        return n.Limit(NOWHERE, self.maybe(page, f"{path}.limit"), self.expr(size, f"{path}.limit"))

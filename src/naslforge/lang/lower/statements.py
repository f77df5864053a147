"""Statements of a logic, one method for each construct; habits of other languages are in the sister files."""

from collections.abc import Iterable

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, has_token, parts
from naslforge.lang.lower.comments import comment_node, comments_behind, comments_within
from naslforge.lang.lower.reader import TooDeep, method, safe
from naslforge.lang.lower.statement_habits import StatementHabits

_COMPOUND = {"if_statement", "while_statement", "for_in_statement", "for_statement", "do_statement",
             "switch_statement", "try_statement", "labeled_statement"}  # fmt: skip
_TARGETS = {"identifier", "member_expression", "subscript_expression", "non_null_expression"}


class StatementLowering(StatementHabits):
    """Blocks and the statements that NASL has."""

    # --- lists of statements

    def block(self, cst: CST) -> n.Block:
        """`{ … }`, or one statement without braces, which is a habit."""
        if cst.type == "statement_block":
            with self.deeper():
                return n.Block(self.at(cst), self.statements(cst.children))
        pad = self.indent(cst if cst.parent is None else cst.parent)
        text = " {}" if cst.type == "empty_statement" else f" {{\n{pad}  {self.text(cst)}\n{pad}}}"
        start = len(self.prepared.data[: cst.start_byte].rstrip())
        fix = safe("write the braces", [self.replace_between(start, cst.end_byte, text)])
        self.fault(rules.MISSING_BRACES, cst, fix)
        return n.Block(self.at(cst), tuple(self.statement(cst)))

    def statements(self, csts: Iterable[CST]) -> tuple[n.Stmt, ...]:
        found: list[n.Stmt] = []
        for cst in csts:
            if cst.type == "comment":
                if cst.start_byte not in self.behind:
                    found.append(comment_node(self, cst, first=not found))
            elif cst.is_error or cst.is_missing:
                found += self.faulty(cst)
            elif cst.is_named:
                behind = comments_behind(self, cst)
                found += [*comments_within(self, cst), *self.statement(cst), *behind]
        return tuple(found)

    def statement(self, cst: CST) -> list[n.Stmt]:
        try:
            with self.deeper():
                if cst.type not in ("lexical_declaration", "variable_declaration", "comment"):
                    self.head.closed = True
                broken = cst.has_error and self.own_fault(cst)
                if broken:
                    self.report_fault(broken)
                    if cst.type not in _COMPOUND:
                        return self.salvaged(cst)
                found = getattr(self, method("stmt", cst.type), self.stmt_foreign)(cst)
                return found if isinstance(found, list) else [found]
        except TooDeep:
            if self.depth > 1:
                raise
            self.fault(rules.TOO_DEEP, cst)
            return [self.hole(cst)]

    def stmt_foreign(self, cst: CST) -> list[n.Stmt]:
        return [self.declaration_inside(cst)]

    # --- statements of NASL

    def stmt_empty_statement(self, cst: CST) -> list[n.Stmt]:
        return []

    def stmt_comment(self, cst: CST) -> n.Comment:
        return comment_node(self, cst, first=True)

    def stmt_statement_block(self, cst: CST) -> list[n.Stmt]:
        """Braces of their own: their statements belong to the block around them."""
        self.fault(rules.LOOSE_BLOCK, cst)
        return list(self.block(cst).statements)

    def stmt_lexical_declaration(self, cst: CST) -> list[n.Stmt]:
        return self.variables(cst)

    stmt_variable_declaration = stmt_lexical_declaration

    def stmt_return_statement(self, cst: CST) -> n.Return:
        value = parts(cst)
        return n.Return(self.at(cst), self.expr(value[0]) if value else None)

    def stmt_if_statement(self, cst: CST) -> n.If:
        test, then, otherwise = fields(cst, "condition", "consequence", "alternative")
        return n.If(self.at(cst), self.expr(test), self.block(then), self.otherwise(otherwise))

    def otherwise(self, cst: CST | None) -> n.Block | n.If | None:
        inner = parts(cst) if cst is not None else []
        if not inner:
            return None
        if inner[0].type == "if_statement":
            with self.deeper():
                return self.stmt_if_statement(inner[0])
        return self.block(inner[0])

    def stmt_while_statement(self, cst: CST) -> n.While:
        test, body = fields(cst, "condition", "body")
        with self.head.loop():
            return n.While(self.at(cst), self.expr(test), self.block(body))

    # --- expressions as statements

    def stmt_expression_statement(self, cst: CST) -> list[n.Stmt]:
        inner = parts(cst)
        if not inner:
            return []
        found = self.effect(cst, inner[0])
        return found if isinstance(found, list) else [found]

    def effect(self, cst: CST, expr: CST) -> n.Stmt | list[n.Stmt]:
        """An expression for its effect. `cst` is the whole statement."""
        if expr.type == "call_expression":
            return self.call_statement(cst, expr)
        if expr.type == "assignment_expression":
            return self.assignment(cst, expr)
        if expr.type == "parenthesized_expression" and len(parts(expr)) == 1:
            return self.effect(cst, parts(expr)[0])
        return self.effect_habit(cst, expr)

    def call_statement(self, cst: CST, call: CST) -> n.Stmt:
        name, args = self.text(field(call, "function")), field(call, "arguments")
        if name == "ForEach" and args.type == "arguments":
            return self.for_each(cst, parts(args))
        if name == "abort" and args.type == "arguments":
            given = parts(args)
            if len(given) > 1:
                self.fault(rules.ABORT_ARGUMENTS, args)
            return n.Abort(self.at(cst), self.expr(given[0]) if given else None)
        return n.ExprStmt(self.at(cst), self.expr(call))

    def assignment(self, cst: CST, expr: CST) -> list[n.Stmt]:
        left, right = fields(expr, "left", "right")
        if left.type in ("object_pattern", "array_pattern"):
            return self.destructured(cst, left, right)
        if right.type == "assignment_expression":
            return self.chained(cst, left, right)
        while left.type == "parenthesized_expression" and len(parts(left)) == 1:
            left = parts(left)[0]
        if left.type not in _TARGETS:  # in parentheses the grammar takes anything
            self.fault(rules.NOT_ASSIGNABLE, left)
            return [n.Assign(self.at(cst), self.hole(left), self.expr(right))]
        target = self.expr(left)
        return [n.Assign(self.at(cst), target, self.expr(right))]

    # --- lists

    def for_each(self, cst: CST, args: list[CST]) -> n.Stmt:
        """`ForEach(list, start, end, (item, index) => {…})`; `__IDENTIFIER__` stands for an absent end."""
        body = field(args[-1], "body") if args and args[-1].type == "arrow_function" else None
        if len(args) != 4 or body is None or body.type != "statement_block":
            self.fault(rules.FOR_EACH_SHAPE, cst)
            return self.hole(cst)
        names = self.lambda_params(args[3])
        if not 1 <= len(names) <= 2:
            self.fault(rules.FOR_EACH_SHAPE, args[3])
            return self.hole(cst)
        bounds = [None if self.text(arg) == "__IDENTIFIER__" else self.expr(arg) for arg in args[1:3]]
        start = None if isinstance(bounds[0], n.Number) and bounds[0].text == "0" else bounds[0]
        index = names[1] if len(names) == 2 else None
        with self.head.loop():
            return n.ForList(self.at(cst), self.expr(args[0]), start, bounds[1], index, names[0], self.block(body))

    def stmt_for_in_statement(self, cst: CST) -> n.Stmt:
        names, list_ = fields(cst, "left", "right")
        pair = parts(names) if names.type == "array_pattern" else []
        entries = list_.type == "call_expression" and self.text(field(list_, "function")) == "ListEntries"
        two = len(pair) == 2 and all(name.type == "identifier" for name in pair)
        if has_token(cst, "of") and two and entries and not has_token(cst, "await"):
            self.loop_keyword(cst)
            return self.for_list(cst, pair[0], pair[1], parts(field(list_, "arguments")))
        return self.foreign_loop(cst, names, list_)

    def loop_keyword(self, cst: CST) -> None:
        """The names of a loop are read-only: `const`."""
        kind = field(cst, "kind")
        if kind is not None and self.text(kind) != "const":
            self.fault(rules.LOOP_CONST, kind, safe("write `const`", [self.replace(kind, "const")]))

    def for_list(self, cst: CST, index: CST, item: CST, args: list[CST]) -> n.Stmt:
        if not 1 <= len(args) <= 3:
            self.fault(rules.LOOP_ARGUMENTS, field(cst, "right"))
            return self.hole(cst)
        list_, *bounds = self.exprs(args)
        start, end = [*bounds, None, None][:2]
        names = self.ident(index), self.ident(item)
        with self.head.loop():
            return n.ForList(self.at(cst), list_, start, end, *names, self.block(field(cst, "body")))

"""Statements of other languages: reported in NASL's words, mended where an edit can, read as what they mean."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.loops import LoopHabits
from naslforge.lang.lower.reader import safe, unsafe

_TYPED = re.compile(r"(?:[A-Z]\w*|app(?:\.\w+)+)\s*(?:=[^=].*)?;?", re.S)
_LOOSE = {"binary_expression", "ternary_expression", "assignment_expression", "arrow_function", "as_expression"}
_DECLARATIONS = {
    "class_declaration": ("a class", "类"),
    "abstract_class_declaration": ("a class", "类"),
    "interface_declaration": ("an interface", "接口"),
    "type_alias_declaration": ("a type", "类型"),
    "enum_declaration": ("an enum", "枚举"),
    "import_statement": ("`import`", "`import`"),
    "export_statement": ("`export`", "`export`"),
    "module": ("a namespace", "命名空间"),
    "internal_module": ("a namespace", "命名空间"),
    "ambient_declaration": ("`declare`", "`declare`"),
    "function_signature": ("a function without a body", "没有函数体的函数"),
}


class StatementHabits(LoopHabits):
    """What stands where NASL has another statement, or none."""

    def effect_habit(self, cst: CST, expr: CST) -> n.Stmt | list[n.Stmt]:
        """An expression statement that is no call and no plain assignment."""
        return getattr(self, f"effect_{expr.type}", self.effect_none)(cst, expr)

    def effect_none(self, cst: CST, expr: CST) -> n.Stmt:
        said = len(self.report.found)
        self.expr(expr)
        if len(self.report.found) > said:
            return self.hole(cst)  # what it is was reported, that it does nothing follows
        operator = field(expr, "operator") if expr.type == "binary_expression" else None
        fixes = []
        if operator is not None and self.text(operator) in ("==", "==="):
            fixes = [unsafe("assign with `=`", [self.replace(operator, "=")])]
        fixes.append(unsafe("leave it out", [self.drop(cst)]))
        self.fault(rules.NO_EFFECT, expr, *fixes)
        return self.hole(cst)

    def effect_augmented_assignment_expression(self, cst: CST, expr: CST) -> n.Stmt:
        left, op, right = fields(expr, "left", "operator", "right")
        sign, target = self.text(op).removesuffix("="), self.text(left)
        operand = f"({self.text(right)})" if right.type in _LOOSE else self.text(right)
        if sign in ("??", "||", "&&"):
            test = {"??": f"{target} == null", "||": f"!{target}", "&&": target}[sign]
            pad = self.indent(cst)
            text = f"if ({test}) {{\n{pad}  {target} = {self.text(right)};\n{pad}}}"
            self.fault(rules.COMPOUND, op, (safe if sign == "??" else unsafe)("write `if`", [self.replace(cst, text)]),
                       op=self.text(op), instead=text.replace("\n" + pad, " "))  # fmt: skip
            return n.Assign(self.at(cst), self.expr(left), self.expr(right))
        known = sign in ("+", "-", "*", "/", "%")
        instead = f"{target} = {target} {sign} {operand};" if known else f"{target} = …;"
        plain = known and left.type in ("identifier", "member_expression")
        fixes = [safe(f"write `{instead}`", [self.replace(cst, instead)])] if plain else []
        self.fault(rules.COMPOUND, op, *fixes, op=self.text(op), instead=instead)
        value = n.Binary(self.at(expr), sign, self.expr(left), self.expr(right)) if known else self.hole(expr)
        return n.Assign(self.at(cst), self.expr(left), value)

    def effect_update_expression(self, cst: CST, expr: CST) -> n.Stmt:
        operand, op = fields(expr, "argument", "operator")
        sign, target = self.text(op)[0], self.text(operand)
        instead = f"{target} = {target} {sign} 1;"
        plain = operand.type in ("identifier", "member_expression")
        fixes = [safe(f"write `{instead}`", [self.replace(cst, instead)])] if plain else []
        self.fault(rules.COMPOUND, op, *fixes, op=self.text(op), instead=instead)
        one = n.Number(self.at(expr), "1")
        return n.Assign(self.at(cst), self.expr(operand), n.Binary(self.at(expr), sign, self.expr(operand), one))

    def effect_await_expression(self, cst: CST, expr: CST) -> n.Stmt | list[n.Stmt]:
        self.expr_await_mark(expr)
        return self.effect(cst, parts(expr)[-1])

    def effect_sequence_expression(self, cst: CST, expr: CST) -> list[n.Stmt]:
        pad = self.indent(cst)
        lines = f"\n{pad}".join(self.text(part) + ";" for part in parts(expr))
        self.fault(rules.COMMA, expr, safe("one statement for each", [self.replace(cst, lines)]))
        found: list[n.Stmt] = []
        for part in parts(expr):
            effect = self.effect(part, part)
            found += effect if isinstance(effect, list) else [effect]
        return found

    def effect_binary_expression(self, cst: CST, expr: CST) -> n.Stmt:
        """`ready && start();`"""
        left, op, right = fields(expr, "left", "operator", "right")
        sign = self.text(op)
        inner = parts(right)[0] if right.type == "parenthesized_expression" and parts(right) else right
        if sign not in ("&&", "||") or inner.type not in ("call_expression", "assignment_expression"):
            return self.effect_none(cst, expr)
        pad, test = self.indent(cst), self.text(left) if sign == "&&" else f"!{self.grouped(left)}"
        text = f"if ({test}) {{\n{pad}  {self.text(inner)};\n{pad}}}"
        self.fault(rules.SHORT_CIRCUIT, op, safe("write `if`", [self.replace(cst, text)]), op=sign)
        condition = self.expr(left)
        if sign == "||":
            condition = n.Unary(self.at(left), "!", condition)
        return n.If(self.at(cst), condition, self.effect_block(inner), None)

    def effect_ternary_expression(self, cst: CST, expr: CST) -> n.Stmt:
        """`ready ? start() : wait();`"""
        test, then, otherwise = fields(expr, "condition", "consequence", "alternative")
        pad = self.indent(cst)
        text = (
            f"if ({self.text(test)}) {{\n{pad}  {self.text(then)};\n{pad}}} else {{\n"
            f"{pad}  {self.text(otherwise)};\n{pad}}}"
        )
        self.fault(rules.TERNARY, expr, safe("write `if` and `else`", [self.replace(cst, text)]))
        return n.If(self.at(cst), self.expr(test), self.effect_block(then), self.effect_block(otherwise))

    def effect_block(self, cst: CST) -> n.Block:
        effect = self.effect(cst, cst)
        return n.Block(self.at(cst), tuple(effect) if isinstance(effect, list) else (effect,))

    def effect_internal_module(self, cst: CST, expr: CST) -> n.Stmt:
        return self.declaration_inside(expr)

    # --- jumps

    def stmt_break_statement(self, cst: CST) -> list[n.Stmt]:
        self.fault(rules.LOOP_JUMP, cst, word=cst.children[0].type)
        return []

    stmt_continue_statement = stmt_break_statement

    def stmt_labeled_statement(self, cst: CST) -> list[n.Stmt]:
        label, body = fields(cst, "label", "body")
        if _TYPED.fullmatch(self.text(body)) and body.type == "expression_statement":
            return self.missing_let(cst, label, body)
        mark = self.prepared.span(cst.start_byte, body.start_byte)
        self.fault(rules.LABEL, mark, name=self.text(label))
        return list(self.statements([body]))

    def missing_let(self, cst: CST, label: CST, body: CST) -> list[n.Stmt]:
        """`total: Decimal = 0;` reads as a label; it is a variable without its `let`."""
        place = self.at(cst).at_start()
        self.fault(rules.MISSING_TOKEN, place, safe("write `let`", [self.insert(place, "let ")]), token="let")
        inner = parts(body)[0]
        type_, value = fields(inner, "left", "right") if inner.type == "assignment_expression" else (inner, None)
        written = n.TypeName(self.at(type_), self.text(type_), ())
        init = self.expr(value) if value is not None else None
        return [n.Let(self.at(cst), self.ident(label), written, init)]

    def stmt_throw_statement(self, cst: CST) -> n.Abort:
        value = parts(cst)[0] if parts(cst) else None
        if value is not None and value.type == "new_expression" and field(value, "arguments") is not None:
            given = parts(field(value, "arguments"))
            value = given[0] if given else None
        message = self.text(value)
        clear = value is None or value.type in ("string", "template_string", "binary_expression")
        self.fault(
            rules.THROW,
            cst,
            (safe if clear else unsafe)(f"write `abort({message})`", [self.replace(cst, f"abort({message});")]),
        )
        return n.Abort(self.at(cst), self.expr(value) if value is not None else None)

    def stmt_try_statement(self, cst: CST) -> list[n.Stmt]:
        """What is tried is read on; what is caught is not."""
        body, last = fields(cst, "body", "finalizer")
        self.fault(rules.TRY_CATCH, cst.children[0])
        found = list(self.block(body).statements)
        if last is not None and parts(last):
            found += self.block(parts(last)[-1]).statements
        return found

    # --- switch

    def stmt_switch_statement(self, cst: CST) -> list[n.Stmt]:
        """`switch` as the chain of `if`s that it means; safe to rewrite where every case ends by itself."""
        subject, body = fields(cst, "value", "body")
        inner = parts(subject)[0] if parts(subject) else subject
        groups = self.cases(body)
        self.fault(rules.SWITCH, cst.children[0], *self.switch_fix(cst, inner, groups))
        chain: n.Block | n.If | None = None
        for values, statements in reversed(groups):
            kept = [part for part in statements if part.type != "break_statement"]
            place = self.between(statements[0], statements[-1]) if statements else self.at(body)
            block = n.Block(place, self.statements(kept))
            if not values:
                chain = block
                continue
            tests: list[n.Expr] = [
                n.Binary(self.at(value), "==", self.expr(inner), self.expr(value)) for value in values
            ]
            test = tests[0]
            for other in tests[1:]:
                test = n.Binary(test.span.to(other.span), "||", test, other)
            chain = n.If(self.at(cst), test, block, chain)
        if isinstance(chain, n.If):
            return [chain]
        return list(chain.statements) if chain is not None else []

    def cases(self, body: CST) -> list[tuple[list[CST], list[CST]]]:
        """Values and statements of each case; empty cases share the statements of the next; no values is default."""
        found: list[tuple[list[CST], list[CST]]] = []
        values: list[CST] = []
        for case in parts(body):
            value = field(case, "value")
            statements = case.children_by_field_name("body")
            if len(statements) == 1 and statements[0].type == "statement_block":
                statements = parts(statements[0])
            if case.type == "switch_default":
                found.append(([], statements))
                values = []
                continue
            if value is not None:
                values.append(value)
            if statements:
                found.append((values, statements))
                values = []
        return sorted(found, key=lambda group: not group[0])  # default last

    def switch_fix(self, cst: CST, subject: CST, groups: list[tuple[list[CST], list[CST]]]) -> list:
        ends = ("break_statement", "return_statement", "throw_statement")
        closed = all(body and body[-1].type in ends for _, body in groups[:-1])
        jumps = any(self._breaks_inside(body) for _, body in groups)
        if subject.type not in ("identifier", "member_expression") or not groups or jumps or not groups[0][0]:
            return []
        pad, chain = self.indent(cst), ""
        for values, body in groups:
            test = " || ".join(f"{self.text(subject)} == {self.text(value)}" for value in values)
            kept = [part for part in body if part.type != "break_statement"]
            lines = "".join(f"{pad}  {self.text(part)}\n" for part in kept)
            head = f"if ({test}) " if values else ""
            chain += (" else " if chain else "") + f"{head}{{\n{lines}{pad}}}"
        return [(safe if closed else unsafe)("write `if` and `else if`", [self.replace(cst, chain)])]

    def _breaks_inside(self, statements: list[CST]) -> bool:
        """A `break` deeper than the end of the case."""
        stack = [child for part in statements if part.type != "break_statement" for child in part.named_children]
        while stack:
            cst = stack.pop()
            if cst.type == "break_statement":
                return True
            stack += cst.named_children
        return False

    # --- declarations

    def stmt_function_declaration(self, cst: CST) -> list[n.Stmt]:
        name = field(cst, "name")
        self.head.moved.append(self.local_function(cst, name))
        return []

    stmt_generator_function_declaration = stmt_function_declaration

    def declaration_inside(self, cst: CST) -> n.Hole:
        if cst.type in _DECLARATIONS:
            what, what_zh = _DECLARATIONS[cst.type]
            self.fault(rules.DECLARATION_INSIDE, cst, what=what, what_zh=what_zh)
            return self.hole(cst)
        name = cst.type.removesuffix("_statement").replace("_", " ")
        return self.unsupported(cst, f"`{name}`", f"`{name}`")

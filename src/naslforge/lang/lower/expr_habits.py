"""Expressions of other languages: reported in NASL's words, mended where an edit can, read as what they mean."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.grammar import CST, field, fields, has_token, parts
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.lower.types import TypeLowering

_LOOSE = {
    "binary_expression", "ternary_expression", "assignment_expression", "augmented_assignment_expression",
    "sequence_expression", "as_expression", "satisfies_expression", "arrow_function", "await_expression",
    "yield_expression", "unary_expression",
}  # fmt: skip
_PYTHON = {"True": "true", "False": "false", "None": "null"}
_WORDS = {  # foreign constructs with nothing to say but that they do not exist
    "this": ("`this`", "`this`", "; use the name of the value", "，请直接使用变量名"),
    "super": ("`super`", "`super`", "", ""),
    "class": ("classes as values", "类表达式", "", ""),
    "yield_expression": ("generators", "生成器", "", ""),
    "meta_property": ("`new.target`", "`new.target`", "", ""),
    "import": ("`import`", "`import`", "", ""),
    "object_pattern": ("destructuring", "解构", "; assign the properties one by one", "，请逐个赋值"),
    "array_pattern": ("destructuring", "解构", "; take the items with `nasl.util.Get`", "，请用 `nasl.util.Get` 取项"),
    "internal_module": ("namespaces inside logics", "逻辑中的命名空间", "", ""),
    "generator_function": ("generators", "生成器", "", ""),
}


class ExprHabits(TypeLowering):
    """What TypeScript (and Python) writers put where NASL has another way."""

    in_query = 0  # how many queries are open around the place

    def grouped(self, cst: CST) -> str:
        """The text, in parentheses where it would fall apart beside an operator."""
        text = self.text(cst)
        return f"({text})" if cst.type in _LOOSE else text

    def expr_foreign(self, cst: CST) -> n.Expr:
        if cst.type.startswith("jsx"):
            self.fault(rules.ELEMENT_PLACE, cst)
            return self.hole(cst)
        return self.unsupported(cst, *_WORDS.get(cst.type, ("this construct", "这种写法", "", "")))

    # --- small marks

    def optional_chain(self, cst: CST) -> None:
        """`a?.b`, `a?.[0]`, `f?.()`: reading through null gives null anyway."""
        if not self.has_chains:
            return
        mark = next((child for child in cst.children if child.type in ("?.", "optional_chain")), None)
        if mark is None:
            return
        instead = "." if cst.type == "member_expression" else ""
        self.fault(rules.OPTIONAL_CHAIN, mark, safe("write a plain `.`", [self.replace(mark, instead)]))

    def async_mark(self, cst: CST) -> None:
        """`async` before a function: every call waits for its result."""
        mark = next((child for child in cst.children if child.type == "async"), None)
        if mark is not None:
            fix = safe("leave out `async`", [Edit(self.word_and_space(mark), "")])
            self.fault(rules.ASYNC, mark, fix, word="async")

    def python_literal(self, cst: CST, text: str) -> n.Expr:
        instead = _PYTHON[text]
        fix = safe(f"write `{instead}`", [self.replace(cst, instead)])
        self.fault(rules.FOREIGN_WORD, cst, fix, word=text, instead=instead)
        return n.Null(self.at(cst)) if text == "None" else n.Bool(self.at(cst), text == "True")

    def expr_await_mark(self, cst: CST) -> None:
        before = self.prepared.span(cst.start_byte, parts(cst)[-1].start_byte)
        self.fault(rules.ASYNC, cst.children[0], safe("leave out `await`", [Edit(before, "")]), word="await")

    def expr_await_expression(self, cst: CST) -> n.Expr:
        self.expr_await_mark(cst)
        return self.expr(parts(cst)[-1])

    def expr_non_null_expression(self, cst: CST) -> n.Expr:
        operand = parts(cst)[0]
        self.fault(rules.NON_NULL, cst.children[-1], safe("leave out the `!`", [self.drop(cst.children[-1])]))
        return self.expr(operand)

    def expr_as_expression(self, cst: CST) -> n.Expr:
        operand, *type_ = parts(cst)
        written = self.text(type_[0]) if type_ else "const"
        after = self.prepared.span(operand.end_byte, cst.end_byte)
        self.fault(rules.CAST, after, safe("leave out the cast", [Edit(after, "")]), type=written)
        return self.expr(operand)

    expr_satisfies_expression = expr_as_expression

    def expr_type_assertion(self, cst: CST) -> n.Expr:
        type_args, *_, operand = parts(cst)
        fix = safe("leave out the cast", [self.drop(type_args)])
        self.fault(rules.CAST, type_args, fix, type=self.text(type_args)[1:-1])
        return self.expr(operand)

    # --- choices

    def expr_ternary_expression(self, cst: CST) -> n.Conditional:
        test, then, otherwise = fields(cst, "condition", "consequence", "alternative")
        self.fault(rules.TERNARY, cst, *self.choice_fix(cst, *map(self.text, (test, then, otherwise))))
        return n.Conditional(self.at(cst), self.expr(test), self.expr(then), self.expr(otherwise))

    def choice_fix(self, cst: CST, test: str, then: str, otherwise: str) -> list[Fix]:
        """The `if` statement where the choice is a whole statement's value, else a match on the Boolean."""
        if self.in_query:
            return []
        statement, head = self.statement_of(cst)
        if statement is not None:
            pad = self.indent(statement)
            lines = (
                f"if ({test}) {{", f"{pad}  {head}{then};", f"{pad}}} else {{", f"{pad}  {head}{otherwise};", f"{pad}}}"
            )  # fmt: skip
            return [safe("write `if` and `else`", [self.replace(statement, "\n".join(lines))])]
        name = self.fresh("_value")
        branches = f"if ({name} === true) {{ return {then}; }} else {{ return {otherwise}; }}"
        text = f"(function match({name}) {{ {branches} }})({test})"
        return [safe("write a match", [self.replace(cst, text)])]

    def statement_of(self, cst: CST) -> tuple[CST | None, str]:
        """The statement `x = <cst>;` or `return <cst>;` and its text before the value; None for any other place."""
        inner = cst
        while inner.parent is not None and inner.parent.type == "parenthesized_expression":
            inner = inner.parent
        above = inner.parent
        if above is None:
            return None, ""
        outer = above.parent
        if above.type == "return_statement" and outer is not None and outer.type == "statement_block":
            return above, "return "
        if (
            above.type == "assignment_expression"
            and field(above, "right") == inner
            and outer is not None
            and outer.type == "expression_statement"
            and outer.parent is not None
            and outer.parent.type == "statement_block"
        ):
            return outer, self.text(field(above, "left")) + " = "
        return None, ""

    def default_value(self, cst: CST, left: CST, right: CST) -> n.Conditional:
        """`a ?? b`."""
        statement, head = self.statement_of(cst)
        target, value = head.removesuffix(" = "), self.text(left)
        fixes: list[Fix] = []
        if statement is not None and target.isidentifier() and target not in self.text(right):
            pad = self.indent(statement)
            first = "" if value == target else f"{target} = {value};\n{pad}"
            text = f"{first}if ({target} == null) {{\n{pad}  {target} = {self.text(right)};\n{pad}}}"
            fixes = [safe("test for null with `if`", [self.replace(statement, text)])]
        elif not self.in_query:
            name = self.fresh("_value")
            branches = f"if ({name} === null) {{ return {self.text(right)}; }} else {{ return {name}; }}"
            text = f"(function match({name}) {{ {branches} }})({value})"
            fixes = [safe("write a match", [self.replace(cst, text)])]
        self.fault(rules.DEFAULT_VALUE, cst, *fixes)
        value_node = self.expr(left)
        test = n.Binary(self.at(left), "==", value_node, n.Null(self.at(left).at_end()))
        return n.Conditional(self.at(cst), test, self.expr(right), value_node)

    # --- operators

    def binary_habit(self, cst: CST, left: CST, op: str, right: CST) -> n.Expr:
        if op == "??":
            return self.default_value(cst, left, right)
        if op == "**":
            instead = f"nasl.util.Pow({self.text(left)}, {self.text(right)})"
            self.fault(rules.POWER, cst, safe(f"write `{instead}`", [self.replace(cst, instead)]))
            return self.library_call(cst, "Pow", self.expr(left), self.expr(right))
        if op in ("&", "|"):
            instead = op * 2
            clear = _is_test(left) and _is_test(right)
            fix = (safe if clear else unsafe)(f"write `{instead}`", [self.replace(field(cst, "operator"), instead)])
            self.fault(rules.BITWISE, cst, fix, op=op, advice=f"; for Booleans write `{instead}`",
                       advice_zh=f"；布尔值用 `{instead}`")  # fmt: skip
            return n.Binary(self.at(cst), instead, self.expr(left), self.expr(right))
        if op == "in":
            text = f"IN({self.text(left)}, {self.text(right)})"
            self.fault(rules.IN_OPERATOR, cst, safe(f"write `{text}`", [self.replace(cst, text)]))
            return n.Call(self.at(cst), n.Name(self.at(cst), "IN"), (), (self.expr(left), self.expr(right)))
        if op == "instanceof":
            self.fault(rules.INSTANCEOF, cst)
        else:
            self.fault(rules.BITWISE, cst, op=op, advice="", advice_zh="")
        return self.hole(cst)

    def library_call(self, cst: CST, name: str, *args: n.Expr) -> n.Call:
        """The tree of `nasl.util.Name(args)`, standing for what is written at `cst`."""
        place = self.at(cst)
        util = n.Member(place, n.Name(place, "nasl"), n.Ident(place, "util"))
        return n.Call(place, n.Member(place, util, n.Ident(place, name)), (), args)

    def unary_habit(self, cst: CST, op: str, operand: CST) -> n.Expr:
        if op == "+":
            if operand.type == "number":
                fix = safe("leave out the `+`", [self.drop(field(cst, "operator"))])
            else:
                text = f"nasl.util.Convert<Decimal>({self.text(operand)})"
                fix = unsafe("write `Convert`", [self.replace(cst, text)])
            self.fault(rules.UNARY_PLUS, cst, fix)
            return self.expr(operand)
        if op == "~":
            inner = parts(operand)[-1] if operand.type == "unary_expression" and parts(operand) else None
            if inner is not None and self.text(operand).startswith("~"):
                value = parts(inner)[0] if inner.type == "parenthesized_expression" else inner
                text = f"nasl.util.Trunc({self.text(value)})"
                self.fault(rules.BITWISE, cst, safe(f"write `{text}`", [self.replace(cst, text)]), op="~~",
                           advice=f"; write `{text}`", advice_zh=f"，应写 `{text}`")  # fmt: skip
                return self.library_call(cst, "Trunc", self.expr(value))
            self.fault(rules.BITWISE, cst, op=op, advice="", advice_zh="")
            return self.hole(cst)
        if op == "void":
            return self.unsupported(cst, "`void` before a value", "值前的 `void`")
        if op == "typeof" and (tested := self.undefined_test(cst, operand)) is not None:
            return tested
        self.fault(rules.TYPE_TEST if op == "typeof" else rules.DELETE, cst)
        return self.hole(cst)

    def undefined_test(self, cst: CST, operand: CST) -> n.Expr | None:
        """`typeof x !== 'undefined'` asks whether x is null."""
        above = cst.parent
        if above is None or above.type != "binary_expression" or field(above, "left") != cst:
            return None
        sign, other = self.text(field(above, "operator")), self.text(field(above, "right")).strip("'\"")
        if other not in ("undefined", "null") or sign[:2] not in ("==", "!="):
            return None
        text = f"{self.text(operand)} {sign[:2]} null"
        self.fault(rules.TYPE_TEST, cst, safe(f"write `{text}`", [self.replace(above, text)]))
        return self.hole(cst)

    def expr_assignment_expression(self, cst: CST) -> n.Expr:
        """An assignment in the midst of an expression; whole statements never come here."""
        left, right = fields(cst, "left", "right")
        above = cst.parent
        while above is not None and above.type == "parenthesized_expression":
            above = above.parent
        tests = ("if_statement", "while_statement", "binary_expression", "unary_expression")
        if self.in_query or (above is not None and (above.type in tests or above.type == "arrow_function")):
            equals = next(child for child in cst.children if child.type == "=")
            fix = safe("compare with `==`", [self.replace(equals, "==")])
            self.fault(rules.ASSIGNMENT_VALUE, cst, fix, name=self.text(left))
            return n.Binary(self.at(cst), "==", self.expr(left), self.expr(right))
        self.fault(rules.ASSIGNMENT_VALUE, cst, name=self.text(left))
        return self.expr(right)

    def expr_augmented_assignment_expression(self, cst: CST) -> n.Expr:
        self.fault(rules.ASSIGNMENT_VALUE, cst, name=self.text(field(cst, "left")))
        return self.expr(field(cst, "left"))

    def expr_update_expression(self, cst: CST) -> n.Expr:
        name = self.text(field(cst, "argument"))
        self.fault(rules.ASSIGNMENT_VALUE, cst, name=name)
        return self.expr(field(cst, "argument"))

    def expr_sequence_expression(self, cst: CST) -> n.Expr:
        self.fault(rules.COMMA, cst)
        return self.expr(parts(cst)[-1])

    # --- spread

    def added(self, target: str, cst: CST, several: bool) -> str:
        """The statement that puts an item, or the items of a list, behind those of the target."""
        value = self.text(parts(cst)[0]) if several else self.text(cst)
        return f"nasl.util.{'AddAll' if several else 'Add'}({target}, {value});"

    def list_spread(self, cst: CST, spreads: list[CST]) -> n.Expr:
        """`[...a]` is a copy; anything more has no one expression."""
        if len(spreads) == len(parts(cst)) == 1:
            inner = parts(spreads[0])[0]
            instead = f"nasl.util.Clone({self.text(inner)})"
            fix = safe(f"write `{instead}`", [self.replace(cst, instead)])
            self.fault(rules.SPREAD, cst, fix, advice=f"; write `{instead}`", advice_zh=f"，应写 `{instead}`")
            return self.library_call(cst, "Clone", self.expr(inner))
        statement, head = self.statement_of(cst)
        first, *rest = parts(cst)
        if statement is not None and first in spreads and self.text(parts(first)[0]) + " = " == head:
            target = self.text(parts(first)[0])
            calls = (self.added(target, one, one in spreads) for one in rest)
            text = f"\n{self.indent(statement)}".join(calls)
            fix = safe(f"write `{text}`", [self.replace(statement, text)])
            self.fault(rules.SPREAD, first, fix, advice=f"; write `{text}`", advice_zh=f"，应写 `{text}`")
            return self.hole(cst)
        self.fault(rules.SPREAD, spreads[0], advice="; fill a list with `nasl.util.AddAll` and `nasl.util.Add`",
                   advice_zh="，请用 `nasl.util.AddAll` 和 `nasl.util.Add` 填充列表")  # fmt: skip
        return self.hole(cst)

    def expr_spread_element(self, cst: CST) -> n.Expr:
        self.fault(rules.SPREAD, cst, advice="; pass the list itself", advice_zh="，请直接传列表")
        return self.hole(cst)

    def entry_habit(self, cst: CST) -> n.Entry | None:
        """What an object literal may not hold: spread, methods."""
        if cst.type == "spread_element":
            self.fault(rules.SPREAD, cst, advice="; write the properties", advice_zh="，请逐个写出属性")
        else:
            self.fault(rules.MEMBER_FUNCTION, cst, name=self.text(field(cst, "name")))
        return None

    # --- functions as values

    def lambda_params(self, cst: CST) -> tuple[n.Ident, ...]:
        single, several = fields(cst, "parameter", "parameters")
        if single is not None:
            return (self.ident(single),)
        return tuple(self.lambda_param(part) for part in parts(several)) if several is not None else ()

    def lambda_param(self, cst: CST) -> n.Ident:
        name, type_, value = fields(cst, "pattern", "type", "value")
        if name is None or name.type != "identifier":
            self.fault(rules.DESTRUCTURING, cst, advice="", advice_zh="")
            return n.Ident(self.at(cst), self.fresh("item"))
        if type_ is not None or value is not None or has_token(cst, "?"):
            rest = self.prepared.span(name.end_byte, cst.end_byte)
            self.fault(rules.LAMBDA_PARAMETER, rest, safe("leave it out", [Edit(rest, "")]))
        return self.ident(name)

    def block_body(self, cst: CST, body: CST) -> n.Expr:
        """`(x) => { return e; }` is `(x) => e`; more statements have no lambda."""
        inner = parts(body)
        if len(inner) == 1 and inner[0].type == "return_statement" and parts(inner[0]):
            value = parts(inner[0])[0]
            text = f"({self.text(value)})" if value.type == "object" else self.text(value)
            self.fault(rules.BLOCK_LAMBDA, body, safe("write the value alone", [self.replace(body, text)]))
            return self.expr(value)
        self.fault(rules.BLOCK_LAMBDA, body)
        return self.hole(body)

    def function_argument(self, cst: CST) -> n.Expr:
        """`function (x) { return e; }` as an argument."""
        params, body = fields(cst, "parameters", "body")
        inner = parts(body)
        if len(inner) != 1 or inner[0].type != "return_statement" or not parts(inner[0]):
            self.fault(rules.BLOCK_LAMBDA, cst)
            return n.Lambda(self.at(cst), self.lambda_params(cst), self.hole(body))
        value = parts(inner[0])[0]
        text = f"({self.text(value)})" if value.type == "object" else self.text(value)
        fix = safe("write a lambda", [self.replace(cst, f"{self.text(params)} => {text}")])
        self.fault(rules.FUNCTION_EXPRESSION, cst, fix)
        return n.Lambda(self.at(cst), self.lambda_params(cst), self.expr(value))

    def expr_arrow_function(self, cst: CST) -> n.Hole:
        """A lambda that is no argument."""
        self.fault(rules.LAMBDA_PLACE, cst)
        return self.hole(cst)

    def expr_function_expression(self, cst: CST) -> n.Hole:
        self.fault(rules.LAMBDA_PLACE, cst)
        return self.hole(cst)


def _is_test(cst: CST) -> bool:
    """Is this surely a Boolean?"""
    if cst.type == "parenthesized_expression":
        return any(map(_is_test, parts(cst)))
    operator = field(cst, "operator")
    sign = operator.type if operator is not None else ""
    return cst.type in ("binary_expression", "unary_expression") and sign in (
        "==", "===", "!=", "!==", "<", "<=", ">", ">=", "&&", "||", "!",
    )  # fmt: skip

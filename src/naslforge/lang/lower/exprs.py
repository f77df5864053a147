"""Expressions: one method for each construct of the grammar that NASL shares with TypeScript."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.expr_habits import ExprHabits
from naslforge.lang.lower.literals import PLAIN_NUMBER, plain_number, unescape
from naslforge.lang.lower.reader import MOST_DEPTH, TooDeep, method, safe
from naslforge.lang.lower.regroup import OPEN, Regrouping

_OPERATORS = {
    op: op for op in ("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||")
} | {"===": "==", "!==": "!="}  # fmt: skip
_RESERVED = {
    "break", "case", "catch", "class", "const", "continue", "default", "delete", "do", "else", "enum", "export", "for",
    "function", "if", "import", "in", "instanceof", "new", "return", "switch", "throw", "try", "typeof", "var", "void",
    "while", "with",
}  # fmt: skip


class ExprLowering(ExprHabits, Regrouping):
    """Expressions that mean the same in both languages; the rest is in `expr_habits`."""

    renamed: dict[str, tuple[str, ...]] = {}  # names of a slip, and what each is where it is mended  # noqa: RUF012

    def expr(self, cst: CST) -> n.Expr:
        if self.depth >= MOST_DEPTH:
            raise TooDeep
        self.depth += 1  # as `deeper` does it; too many expressions pass here for that
        try:
            kind = cst.type
            if cst.has_error and (cst.is_error or cst.is_missing):
                return self.hole(cst)
            if self.has_generics and kind in OPEN:
                regrouped = self.regrouped(cst)
                if regrouped is not None:
                    return regrouped
            return getattr(self, method("expr", kind), self.expr_foreign)(cst)
        finally:
            self.depth -= 1

    def exprs(self, csts: list[CST]) -> tuple[n.Expr, ...]:
        return tuple(self.expr(cst) for cst in csts)

    # --- literals and names

    def expr_null(self, cst: CST) -> n.Null:
        return n.Null(self.at(cst))

    expr_undefined = expr_null

    def expr_true(self, cst: CST) -> n.Bool:
        return n.Bool(self.at(cst), True)

    def expr_false(self, cst: CST) -> n.Bool:
        return n.Bool(self.at(cst), False)

    def expr_number(self, cst: CST) -> n.Expr:
        text = self.text(cst)
        if PLAIN_NUMBER.fullmatch(text):
            return n.Number(self.at(cst), text)
        plain = plain_number(text)
        fixes = [safe(f"write `{plain}`", [self.replace(cst, plain)])] if plain is not None else []
        self.fault(rules.NUMBER_FORMAT, cst, *fixes, text=text)
        return n.Number(self.at(cst), plain) if plain is not None else self.hole(cst)

    def expr_string(self, cst: CST) -> n.Text:
        return n.Text(self.at(cst), unescape(self.text(cst)[1:-1]))

    def expr_template_string(self, cst: CST) -> n.Template:
        """Adjacent plain stretches become one: the grammar splits them at every escape."""
        found: list[n.Expr] = []
        at = cst.start_byte + 1
        for child in cst.named_children:
            if child.type == "template_substitution":
                found += self._plain_part(at, child.start_byte)
                inner = parts(child)
                found.append(self.expr(inner[0]) if len(inner) == 1 else self.hole(child))
                at = child.end_byte
        found += self._plain_part(at, cst.end_byte - 1)
        return n.Template(self.at(cst), _joined(found))

    def _plain_part(self, start: int, end: int) -> list[n.Expr]:
        if end <= start:
            return []
        return [n.Text(self.prepared.span(start, end), unescape(self.prepared.text(start, end)))]

    def expr_regex(self, cst: CST) -> n.Regex:
        pattern, flags = fields(cst, "pattern", "flags")
        return n.Regex(self.at(cst), self.text(pattern), self.text(flags))

    def expr_identifier(self, cst: CST) -> n.Expr:
        text = self.text(cst)
        if text in ("True", "False", "None"):
            return self.python_literal(cst, text)
        if text in _RESERVED:  # in parentheses the grammar takes them for names
            self.fault(rules.SYNTAX_ERROR, cst, text=f"`{text}`")
            return self.hole(cst)
        if text in self.renamed:
            return self.renamed_name(cst, self.renamed[text])
        return n.Null(self.at(cst)) if text == "undefined" else n.Name(self.at(cst), text)

    def renamed_name(self, cst: CST, path: tuple[str, ...]) -> n.Expr:
        """What a name of a slip is where the slip is mended: `item` of a loop becomes `current.item` in its slot."""
        place = self.at(cst)
        found: n.Expr = n.Name(place, path[0])
        for name in path[1:]:
            found = n.Member(place, found, n.Ident(place, name))
        return found

    expr_shorthand_property_identifier = expr_identifier

    def expr_parenthesized_expression(self, cst: CST) -> n.Expr:
        inner = parts(cst)
        return self.expr(inner[0]) if len(inner) == 1 else self.hole(cst)

    # --- members, calls, objects

    def expr_member_expression(self, cst: CST) -> n.Expr:
        object_, name = fields(cst, "object", "property")
        self.optional_chain(cst)
        if name.type == "private_property_identifier":
            return self.unsupported(cst, "private members", "私有成员")
        return n.Member(self.at(cst), self.expr(object_), self.ident(name))

    def expr_subscript_expression(self, cst: CST) -> n.Expr:
        object_, index = fields(cst, "object", "index")
        self.optional_chain(cst)
        return n.Index(self.at(cst), self.expr(object_), self.expr(index))

    def expr_call_expression(self, cst: CST) -> n.Expr:
        callee, type_args, args = fields(cst, "function", "type_arguments", "arguments")
        name = self.text(callee)
        if args.type == "template_string":
            return self.unsupported(cst, "texts with a function before them", "带标签的模板文本")
        if callee.type == "import":
            return self.unsupported(cst, "`import(…)`", "`import(…)`")
        if name == "FROM":
            return self.query(cst)
        if callee.type == "parenthesized_expression" and parts(callee)[0:1]:
            inner = parts(callee)[0]
            if inner.type in ("function_expression", "arrow_function"):
                return self.match(cst, inner)
        self.optional_chain(cst)
        found = tuple(self.argument(part) for part in parts(args))
        return n.Call(self.at(cst), self.expr(callee), self.type_args(type_args), found)

    def argument(self, cst: CST) -> n.Expr:
        """An expression, or a lambda, which may stand nowhere else."""
        while cst.type == "parenthesized_expression" and len(parts(cst)) == 1:
            cst = parts(cst)[0]
        if cst.type == "arrow_function":
            return self.lambda_(cst)
        if cst.type == "function_expression":
            return self.function_argument(cst)
        return self.expr(cst)

    def lambda_(self, cst: CST) -> n.Lambda:
        """`(item) => e`; a block body is a habit."""
        with self.deeper():
            self.async_mark(cst)
            params, body = self.lambda_params(cst), field(cst, "body")
            if body.type == "statement_block":
                return n.Lambda(self.at(cst), params, self.block_body(cst, body))
            return n.Lambda(self.at(cst), params, self.expr(body))

    def expr_new_expression(self, cst: CST) -> n.Expr:
        name, type_args, args = fields(cst, "constructor", "type_arguments", "arguments")
        if name.type not in ("identifier", "member_expression"):
            return self.unsupported(cst, "`new` before an expression", "在表达式前写 `new`")
        type_ = n.TypeName(self.at(name), self.path(name), self.type_args(type_args))
        given = parts(args) if args is not None else []
        if len(given) == 1 and given[0].type == "object":
            object_ = self.expr(given[0])
            if isinstance(object_, n.ObjectLiteral):
                return n.New(self.at(cst), type_, object_)
            return self.hole(cst)
        if given and "." in type_.name:
            self.fault(rules.NEW_ARGUMENTS, args, name=type_.name)
        place = self.at(args) if args is not None else self.at(cst).at_end()
        return n.New(self.at(cst), type_, n.ObjectLiteral(place, ()))

    def expr_array(self, cst: CST) -> n.Expr:
        spreads = [part for part in parts(cst) if part.type == "spread_element"]
        if spreads:
            return self.list_spread(cst, spreads)
        return n.ListLiteral(self.at(cst), tuple(self.argument(part) for part in parts(cst)))

    def expr_object(self, cst: CST) -> n.Expr:
        entries = [self.entry(part) for part in parts(cst)]
        if any(entry is None for entry in entries):
            return self.hole(cst)
        return n.ObjectLiteral(self.at(cst), tuple(entry for entry in entries if entry is not None))

    def entry(self, cst: CST) -> n.Entry | None:
        if cst.type == "shorthand_property_identifier":
            return n.Entry(self.at(cst), self.ident(cst), self.expr(cst))
        if cst.type != "pair":
            return self.entry_habit(cst)
        key, value = fields(cst, "key", "value")
        if key.type == "computed_property_name" and len(parts(key)) == 1:
            return n.Entry(self.at(cst), self.expr(parts(key)[0]), self.argument(value))
        name = self.key_name(key) if key.type != "string" else n.Ident(self.at(key), unescape(self.text(key)[1:-1]))
        return n.Entry(self.at(cst), name, self.argument(value))

    # --- operators

    def expr_unary_expression(self, cst: CST) -> n.Expr:
        op, operand = fields(cst, "operator", "argument")
        sign = self.text(op)
        if sign not in ("!", "-"):
            return self.unary_habit(cst, sign, operand)
        inner = self.expr(operand)
        if sign == "-" and isinstance(inner, n.Number) and not inner.text.startswith("-"):
            return n.Number(self.at(cst), "-" + inner.text)
        return n.Unary(self.at(cst), sign, inner)

    def expr_binary_expression(self, cst: CST) -> n.Expr:
        left, op, right = fields(cst, "left", "operator", "right")
        sign = _OPERATORS.get(self.text(op))
        if sign is None:
            return self.binary_habit(cst, left, self.text(op), right)
        return n.Binary(self.at(cst), sign, self.expr(left), self.expr(right))


def _joined(found: list[n.Expr]) -> tuple[n.Expr, ...]:
    """Neighbouring texts as one, so that a template has one way to be written."""
    joined: list[n.Expr] = []
    for part in found:
        last = joined[-1] if joined else None
        if isinstance(part, n.Text) and isinstance(last, n.Text):
            joined[-1] = n.Text(last.span.to(part.span), last.value + part.value)
        else:
            joined.append(part)
    return tuple(joined)

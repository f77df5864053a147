"""Functions: parameters, bodies, and what their writers take from other languages."""

from collections.abc import Iterator
from contextlib import contextmanager

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit
from naslforge.lang.grammar import CST, field, fields, has_token, parts
from naslforge.lang.lower.head import Head
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.lower.statements import StatementLowering

_MODIFIERS = {"accessibility_modifier", "readonly", "static", "override_modifier", "declare", "abstract", "accessor"}


class FunctionLowering(StatementLowering):
    """A logic with its parameters and its body, wherever it stands."""

    def function(self, cst: CST, inner: CST, name: n.Ident, doc: n.Doc | None) -> n.Function:
        """A logic, also one written as an arrow function; `inner` has its parameters and its body."""
        self.async_mark(inner)
        if has_token(inner, "*"):
            self.unsupported(inner, "generators", "生成器")
        params = self.params_of(inner)
        body = field(inner, "body")
        block = self.logic_body(body, params) if body is not None else None
        result = self.annotated(field(inner, "return_type"))
        return n.Function(self.at(cst), name, doc, self.type_params(inner), params, result, block)

    def params_of(self, cst: CST) -> tuple[n.Param, ...]:
        """The parameters of a function; an arrow function may have one without parentheses."""
        single, several = fields(cst, "parameter", "parameters")
        if single is not None:
            return (n.Param(self.at(single), self.ident(single), None),)
        return self.params(several)

    @contextmanager
    def own_head(self, body: CST, params: tuple[n.Param, ...]) -> Iterator[None]:
        """Inside, variables are those of this function."""
        before = getattr(self, "head", None)
        brace = self.at(body.children[0]).at_end() if body.children else self.at(body)
        self.head = Head(brace, self.indent(body) + "  ")
        self.head.taken = {param.name.name: "(parameter)" for param in params}
        try:
            yield
        finally:
            if before is not None:
                self.head = before

    def logic_body(self, body: CST, params: tuple[n.Param, ...]) -> n.Block:
        with self.own_head(body, params):
            if body.type != "statement_block":
                value = self.expr(body)
                return n.Block(self.at(body), (n.Return(self.at(body), value),))
            statements = self.statements(body.children)
            self.report_late()
            return n.Block(self.at(body), (*self.head.moved, *statements))

    def effects(self, body: CST, params: tuple[n.Param, ...]) -> n.Block:
        """The body of a handler, also one that is an expression: what it does, not what it gives."""
        if body.type == "statement_block":
            return self.logic_body(body, params)
        with self.own_head(body, params):
            return self.effect_block(body)

    def params(self, cst: CST | None) -> tuple[n.Param, ...]:
        found = (self.param(part) for part in parts(cst)) if cst is not None else ()
        return tuple(param for param in found if param is not None)

    def param(self, cst: CST) -> n.Param | None:
        name, type_, value = fields(cst, "pattern", "type", "value")
        if cst.is_error or name is None:
            return None
        if name.type == "this":
            self.unsupported(cst, "`this`", "`this`")
            return None
        if name.type != "identifier":
            return self.param_pattern(cst, name, type_)
        self.param_marks(cst, name, type_, value)
        default = self.expr(value) if value is not None else None
        if default is None and cst.type == "optional_parameter":
            default = n.Null(self.at(cst).at_end())
        return n.Param(self.at(cst), self.ident(name), self.annotated(type_), default)

    def type_params(self, cst: CST) -> tuple[n.TypeParam, ...]:
        given = field(cst, "type_parameters")
        return tuple(self.type_param_of(part) for part in parts(given)) if given is not None else ()

    def type_param_of(self, cst: CST) -> n.TypeParam:
        name, bound = fields(cst, "name", "constraint")
        return n.TypeParam(self.at(cst), self.ident(name or cst), self.annotated(bound))

    # --- habits of parameters

    def param_pattern(self, cst: CST, name: CST, type_: CST | None) -> n.Param:
        """`...rest` and `{ a, b }`."""
        if name.type == "rest_pattern":
            inner = parts(name)[0] if parts(name) else name
            fix = unsafe("write a list", [Edit(self.prepared.span(name.start_byte, inner.start_byte), "")])
            self.fault(rules.REST_PARAMETER, cst, fix, name=self.text(inner))
            return n.Param(self.at(cst), self.ident(inner), self.annotated(type_))
        self.fault(rules.DESTRUCTURING, name, advice="; write one parameter and read its properties",
                   advice_zh="，请写一个参数再读取它的属性")  # fmt: skip
        return n.Param(self.at(cst), n.Ident(self.at(name), self.fresh("param")), self.annotated(type_))

    def param_marks(self, cst: CST, name: CST, type_: CST | None, value: CST | None) -> None:
        """`p?`, and `private p` as in constructors."""
        self.modifiers(cst)
        if cst.type == "optional_parameter":
            mark = next(child for child in cst.children if child.type == "?")
            edits = [self.drop(mark)]
            if value is None:
                edits.append(self.insert(self.at(cst).at_end(), " = null"))
            self.fault(rules.OPTIONAL_PARAMETER, mark, safe("give it a default", edits), name=self.text(name))

    def modifiers(self, cst: CST) -> None:
        for child in cst.children:
            if child.type in _MODIFIERS:
                fix = safe("leave it out", [Edit(self.word_and_space(child), "")])
                self.fault(rules.MODIFIER, child, fix, word=self.text(child))

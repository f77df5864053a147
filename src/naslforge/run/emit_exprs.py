"""Expressions to Python text. Static types are known, so most of it is plain Python; null is None."""

from abc import ABC, abstractmethod
from decimal import Decimal

from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import EnumItem, GlobalVariable, Local
from naslforge.run.emit_base import Base
from naslforge.run.values import LONG_MAX, Regex

LONGEST_CHAIN = 20  # operands of a sum that stand in the text one inside the other
IDENTITY = (t.ListOf, t.MapOf, t.Structure, t.Entity, t.Anonymous)
OPEN = (t.Union, t.TypeVar, t.Unknown)


class Expressions(Base, ABC):
    """Every method gives the text of an expression, in parentheses where it needs them."""

    indexes: set[int]  # loop positions, which are never null

    def expr(self, e: n.Expr) -> str:
        """The value of an expression, a Long widened where a Decimal is wanted."""
        if e in self.checked.widened:
            if isinstance(e, n.Number):
                return self.decimal(e.text)
            return f"widen({self._expr(e)})"
        return self._expr(e)

    def as_type(self, e: n.Expr, wanted: t.Type) -> str:
        """The value where `wanted` is declared; a value of type Any is checked as it arrives."""
        text = self.expr(e)
        if self.type_of(e) == t.ANY and wanted != t.ANY and not isinstance(wanted, OPEN):
            return f"cast({text}, {self.type(wanted)}, shapes)"
        return text

    def _expr(self, e: n.Expr) -> str:
        match e:
            case n.Null():
                return "None"
            case n.Bool(_, value):
                return repr(value)
            case n.Number():
                return self._number_literal(e)
            case n.Text(_, value):
                return repr(value)
            case n.Template(_, parts):
                return self._joined([self.text(part) for part in parts])
            case n.Regex(_, pattern, flags):
                return self.constant(Regex(pattern, flags), (pattern, flags))
            case n.Name() | n.Member():
                return self._reference(e)
            case n.Call():
                return self.call(e)
            case n.Lambda():
                return self.function(e, len(e.params))
            case n.New():
                return self.built(self.type_of(e.object), e.object)
            case n.ListLiteral(_, items):
                return "[" + ", ".join(map(self.expr, items)) + "]"
            case n.ObjectLiteral():
                return self.built(self.type_of(e), e)
            case n.Unary():
                return self._unary(e)
            case n.Binary():
                return self._binary(e)
            case n.Match():
                return self.match_value(e)
            case n.Query():
                return self.query(e)
            case _:
                raise NotImplementedError(f"a {type(e).__name__} was not reported")

    # --- literals and references

    def decimal(self, text: str) -> str:
        return self.constant(Decimal(text), ("decimal", text))

    def _number_literal(self, e: n.Number) -> str:
        if not e.is_long:
            return self.decimal(e.text)
        if len(e.text) > 20 or abs(int(e.text)) > LONG_MAX:
            return "overflow(10**20)"
        return f"({int(e.text)})" if e.text.startswith("-") else str(int(e.text))

    @abstractmethod
    def page_reference(self, e: n.Name | n.Member) -> str | None:
        """The text of a name of the page around (emit_pages.py), None for any other."""

    def _reference(self, e: n.Name | n.Member) -> str:
        if (found := self.page_reference(e)) is not None:
            return found
        match self.checked.refs.get(e):
            case Local(name, _, declared, _):
                return self.declared(declared, name)
            case EnumItem(_, _, value):
                return repr(value)
            case GlobalVariable(name, _):
                return f"variables[{name!r}]"
        assert isinstance(e, n.Member), f"`{e.span.text}` stands for nothing"
        owner = self.type_of(e.object)
        name = e.name.name
        if name == "length" and (owner in t.TEXTS or isinstance(owner, t.ListOf | t.MapOf)):
            return f"length({self.expr(e.object)})"
        if not isinstance(owner, t.Structure | t.Entity | t.Anonymous) or owner == t.REGEX:
            return f"member({self.expr(e.object)}, {name!r})"
        text = self.expr(e.object)
        if text.isidentifier():
            return f"({text}.fields.get({name!r}) if {text} is not None else None)"
        temp = self.temp()
        return f"({temp}.fields.get({name!r}) if ({temp} := {text}) is not None else None)"

    def built(self, type_: t.Type, e: n.ObjectLiteral, fill: bool = True) -> str:
        """A literal of a structure, entity, anonymous structure or Map; properties left out get their start value."""
        if isinstance(type_, t.MapOf):
            keys = [repr(x.key.name) if isinstance(x.key, n.Ident) else self.expr(x.key) for x in e.entries]
            return "{" + ", ".join(f"{k}: {self.expr(x.value)}" for k, x in zip(keys, e.entries, strict=True)) + "}"
        fields = dict(self.fields(type_))
        given = {
            x.key.name: self.as_type(x.value, fields.get(x.key.name, t.ANY))
            for x in e.entries
            if isinstance(x.key, n.Ident)
        }
        if type_ == t.REGEX:
            return f"Regex({given.get('pattern', 'None')} or '', {given.get('flags', 'None')} or '')"
        complete = all(name in given for name in fields)
        if not fill:
            given |= {name: "None" for name in fields if name not in given}
        values = "{" + ", ".join(f"{name!r}: {text}" for name, text in given.items()) + "}"
        make = "Struct" if complete or not fill or not fields else "instance"
        return f"{make}({self.type(type_)}, {values})"

    # --- texts

    def text(self, e: n.Expr) -> str:
        """The text form that joins a text: by static type, null as ''."""
        if isinstance(e, n.Text):
            return repr(e.value)
        type_, value = self.type_of(e), self._expr(e)
        if type_ in t.TEXTS:
            return value if value.startswith("cat(") else f"({value} or '')"
        if type_ == t.LONG:
            return f"long_text({value})"
        return f"text_of({value}, {self.type(type_)})"

    def _joined(self, parts: list[str]) -> str:
        return f"cat({', '.join(parts)})" if parts else "''"

    # --- operators

    def never_null(self, e: n.Expr) -> bool:
        """Is the value known not to be null?"""
        if isinstance(e, n.Binary | n.Unary | n.Number | n.Text | n.Bool | n.Template):
            return True
        ref = self.checked.refs.get(e)
        if isinstance(ref, Local):
            return id(ref.declared) in self.indexes
        return isinstance(ref, EnumItem)

    def number(self, e: n.Expr) -> str:
        """A number to calculate with: null counts as 0."""
        text = self.expr(e)
        if self.never_null(e):
            return text
        zero = "ZERO" if self.type_of(e) == t.DECIMAL or e in self.checked.widened else "0"
        return f"({text} or {zero})"

    def _unary(self, e: n.Unary) -> str:
        if e.op == "!":
            return f"(not {self.condition(e.operand)})"
        if self.type_of(e.operand) not in (*t.NUMBERS, t.NULL):
            return f"calculate('-', 0, {self.expr(e.operand)})"
        return f"(-{self.number(e.operand)})"

    def _binary(self, e: n.Binary) -> str:
        if e.op in ("&&", "||"):
            word = " and " if e.op == "&&" else " or "
            return f"({word.join(self.condition(part) for part in self._chain(e, e.op))})"
        if e.op in ("==", "!="):
            return self.equal(e.left, e.right, e.op)
        if e.op in ("<", "<=", ">", ">="):
            return self._ordered(e)
        if self.type_of(e) == t.STRING:
            return self._joined([self.text(part) for part in self._chain(e, "+")])
        return self._arithmetic(e)

    def _chain(self, e: n.Binary, op: str) -> list[n.Expr]:
        """The operands of a chain of one operator, left to right."""
        parts: list[n.Expr] = []
        at: n.Expr = e
        while isinstance(at, n.Binary) and at.op == op and self.type_of(at) == self.type_of(e):
            parts.append(at.right)
            at = at.left
        return [at, *reversed(parts)]

    def _arithmetic(self, e: n.Binary) -> str:
        types = (self.type_of(e.left), self.type_of(e.right))
        if any(type_ not in (*t.NUMBERS, t.NULL) for type_ in types):
            return f"calculate({e.op!r}, {self.expr(e.left)}, {self.expr(e.right)})"
        if e.op == "/":
            return f"divide({self.expr(e.left)}, {self.expr(e.right)})"
        if e.op == "%":
            return self._remainder(e)
        if e.op == "+" and len(chain := self._chain(e, "+")) > LONGEST_CHAIN:
            return f"add_all(({', '.join(map(self.expr, chain))}))"
        text = f"{self.number(e.left)} {e.op} {self.number(e.right)}"
        if self.type_of(e) != t.LONG:
            return f"({text})"
        temp = self.temp()
        return f"({temp} if -{LONG_MAX} <= ({temp} := {text}) <= {LONG_MAX} else overflow({temp}))"

    def _remainder(self, e: n.Binary) -> str:
        left, right = self.number(e.left), self.expr(e.right)
        if self.type_of(e.left) == t.LONG and isinstance(e.right, n.Number) and right.isdigit() and int(right):
            temp = self.temp()
            return f"({temp} % {right} if ({temp} := {left}) >= 0 else -(-{temp} % {right}))"
        return f"remainder({left}, {right})"

    def _ordered(self, e: n.Binary) -> str:
        left, right = self.type_of(e.left), self.type_of(e.right)
        if left in t.TEXTS or right in t.TEXTS:
            a, b = self.expr(e.left), self.expr(e.right)
            name = "text_before" if e.op in ("<", ">") else "text_to"
            return f"{name}({a}, {b})" if e.op in ("<", "<=") else f"{name}({b}, {a})"
        if any(isinstance(x, OPEN) or x in (t.ANY, t.NULL) for x in (left, right)):
            return f"before({e.op!r}, {self.expr(e.left)}, {self.expr(e.right)})"
        a, tests = self._present(e.left)
        b, more = self._present(e.right)
        tests += more
        return f"({' & '.join(tests)} and {a} {e.op} {b})" if tests else f"({a} {e.op} {b})"

    def _present(self, e: n.Expr) -> tuple[str, list[str]]:
        """A name for the value, and the test that it is not null."""
        text = self.expr(e)
        if self.never_null(e):
            return text, []
        if text.isidentifier():
            return text, [f"({text} is not None)"]
        temp = self.temp()
        return temp, [f"(({temp} := {text}) is not None)"]

    def equal(self, a: n.Expr, b: n.Expr, op: str = "==") -> str:
        return self.equal_texts(self.expr(a), self._kind(a), self.expr(b), self._kind(b), op)

    def _kind(self, e: n.Expr) -> t.Type:
        return t.NULL if isinstance(e, n.Null) else self.type_of(e)

    def equal_texts(self, a: str, left: t.Type, b: str, right: t.Type, op: str = "==") -> str:
        """Primitives by value, containers by identity; where types say nothing, the values decide."""
        if t.NULL in (left, right) or isinstance(left, IDENTITY) or isinstance(right, IDENTITY):
            return f"({a} is {'not ' if op == '!=' else ''}{b})"
        if any(isinstance(x, OPEN) or x == t.ANY for x in (left, right)):
            return f"({'not ' if op == '!=' else ''}same({a}, {b}))"
        return f"({a} {op} {b})"

    def condition(self, e: n.Expr) -> str:
        """A Boolean where null counts as false; always True or False."""
        text = self.expr(e)
        plain = isinstance(e, n.Unary | n.Bool) or (isinstance(e, n.Binary) and self.type_of(e) == t.BOOLEAN)
        return text if plain else f"({text} is True)"

    # --- in the files below this one

    @abstractmethod
    def call(self, e: n.Call) -> str: ...

    @abstractmethod
    def query(self, e: n.Query) -> str: ...

    @abstractmethod
    def function(self, e: n.Lambda, count: int) -> str: ...

    @abstractmethod
    def match_value(self, e: n.Match) -> str: ...

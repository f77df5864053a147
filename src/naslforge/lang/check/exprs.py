"""Operators and members: the type of every expression that is neither a call nor a query."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TypeVar

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.literals import Literals
from naslforge.lang.check.suggest import replace
from naslforge.lang.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    LONG,
    NULL,
    NUMBERS,
    REGEX,
    STRING,
    TEXTS,
    TIME,
    UNKNOWN,
    Anonymous,
    Entity,
    EnumType,
    ListOf,
    MapOf,
    Primitive,
    Structure,
    Type,
    Unknown,
    fits,
)

X = TypeVar("X", bound=n.Expr)

_DATES = (DATE, TIME, DATETIME)
_LITERALS, _COMPOUND = (n.ListLiteral, n.ObjectLiteral), (ListOf, MapOf, Structure, Entity, Anonymous)


class Expressions(Literals):
    """Types expressions; what they stand for is recorded on the way."""

    # --- one expression

    def one_expr(self, e: n.Expr, expected: Type | None) -> Type:
        match e:  # the most frequent first
            case n.Name():
                return self.name(e)
            case n.Member():
                return self.member(e)
            case n.Call():
                return self.once(self.call, e, expected)
            case n.Null():
                return NULL
            case n.Bool():
                return BOOLEAN
            case n.Number():
                return self.number(e)
            case n.Text():
                return STRING
            case n.Template(_, parts):
                for part in parts:
                    self.value(part)
                return STRING
            case n.Regex():
                return self._regex(e)
            case n.Lambda():
                self.report(rules.FUNCTION_VALUE, e.span)
                return UNKNOWN
            case n.New():
                return self.new(e, expected)
            case n.ListLiteral():
                return self.list_literal(e, expected)
            case n.ObjectLiteral():
                return self.object_literal(e, expected)
            case n.Unary():
                return self._unary(e)
            case n.Binary():
                return self._binary(e)
            case n.Match():
                return self.once(self.match_value, e, expected)
            case n.Query():
                return self.query(e, expected)
            case n.Index():
                return self._index(e)
            case n.Conditional():
                return self.once(self._conditional, e, expected)
            case n.Hole():
                return UNKNOWN
        return UNKNOWN

    def once(self, look: Callable[[X, Type | None], Type], e: X, expected: Type | None) -> Type:
        """What `look` finds, found once at its place however often the expressions around it look: without this, n
        foreign methods in a row took 3**n looks."""
        kept = self.kept.get((e, expected, False)) or (self.kept.get((e, expected, True)) if self.muted else None)
        if kept is not None and kept[0] is self.scope and kept[1] is self.over:
            return kept[2]
        outermost, self.keeping = not self.keeping, True
        try:
            type_ = look(e, expected)
        finally:
            if outermost:
                self.keeping = False
                self.kept.clear()
        if not outermost:
            self.kept[e, expected, self.muted > 0] = self.scope, self.over, type_
        return type_

    # --- operators

    def _regex(self, e: n.Regex) -> Type:
        kept = "".join(dict.fromkeys(flag for flag in e.flags if flag in "gim"))
        if kept != e.flags:
            same = set(e.flags) <= set("gimu")  # the matcher reads whole characters anyway
            fix = replace(e.span, f"/{e.pattern}/{kept}", safe=same)
            self.report(rules.REGEX_FLAG, e.span, fixes=[fix], flags=e.flags)
        return REGEX

    def _unary(self, e: n.Unary) -> Type:
        if e.op == "!":
            self.condition(e.operand, "the operand of `!`", "`!` 的操作数", tight=True)
            return BOOLEAN
        given = self.value(e.operand)
        if given in (*NUMBERS, ANY, NULL) or isinstance(given, Unknown):
            return LONG if given is NULL else given
        self.report_operator(e, given, given)
        return UNKNOWN

    def _binary(self, e: n.Binary) -> Type:
        if e.op in ("&&", "||"):
            for side in (e.left, e.right):
                self.condition(side, f"each side of `{e.op}`", f"`{e.op}` 的两边")
            return BOOLEAN
        left, right = self._sides(e)
        if e.op in ("==", "!="):
            return self._equality(e, left, right)
        if e.op in ("<", "<=", ">", ">="):
            if not self._ordered(left, right):
                self.report_comparison(e, left, right)
            return BOOLEAN
        return self._arithmetic(e, left, right)

    def _sides(self, e: n.Binary) -> tuple[Type, Type]:
        """The types of both sides; a literal takes its type from the other side."""
        if isinstance(e.left, _LITERALS):
            right = self.value(e.right)
            return self.value(e.left, right), right
        left = self.value(e.left)
        literal = isinstance(e.right, _LITERALS)
        return left, self.value(e.right, left if literal else None)

    def _equality(self, e: n.Binary, left: Type, right: Type) -> Type:
        either = fits(left, right, self.fields_of) or fits(right, left, self.fields_of)
        if not either or (isinstance(left, EnumType) and right in TEXTS):
            self.report_comparison(e, left, right)
        return BOOLEAN

    def _ordered(self, left: Type, right: Type) -> bool:
        if any(t in (NULL, ANY) or isinstance(t, Unknown) for t in (left, right)):
            other = right if left in (NULL, ANY) or isinstance(left, Unknown) else left
            return not isinstance(other, _COMPOUND) and other is not BOOLEAN
        if isinstance(left, EnumType):
            return left == right and left.of == "Long"
        return any(left in group and right in group for group in (NUMBERS, TEXTS)) or (left == right and left in _DATES)

    def _arithmetic(self, e: n.Binary, left: Type, right: Type) -> Type:
        if e.op == "+" and (left in TEXTS or right in TEXTS):
            return STRING
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return DECIMAL if e.op == "/" else UNKNOWN
        if not all(t in (*NUMBERS, NULL, ANY) for t in (left, right)):
            self.report_operator(e, left, right)
            return UNKNOWN
        if e.op == "/":
            return DECIMAL
        if ANY in (left, right):
            return ANY
        return DECIMAL if DECIMAL in (left, right) else LONG

    # --- habits that have a node

    def _index(self, e: n.Index) -> Type:
        member = self.member_in_brackets(e)
        if member is not None:
            return member
        object_, index = self.value(e.object), self.value(e.index)
        self.report_index(e, object_)
        match object_:
            case ListOf(item):
                return item
            case MapOf(_, value):
                return value
            case Primitive() if object_ in TEXTS:
                return STRING
            case _ if index in TEXTS and isinstance(e.index, n.Text):
                return dict(self.fields_of(object_) or ()).get(e.index.value, UNKNOWN)
            case _:
                return UNKNOWN

    def _conditional(self, e: n.Conditional, expected: Type | None) -> Type:
        self.condition(e.test, "a condition", "条件")
        found = self.common(self.value(e.then, expected), self.value(e.otherwise, expected))
        return UNKNOWN if found is None else found

    # --- the rest of the language, in the files below this one

    @abstractmethod
    def member_in_brackets(self, e: n.Index) -> Type | None: ...

    @abstractmethod
    def name(self, e: n.Name) -> Type: ...

    @abstractmethod
    def member(self, e: n.Member) -> Type: ...

    @abstractmethod
    def call(self, e: n.Call, expected: Type | None) -> Type: ...

    @abstractmethod
    def query(self, e: n.Query, expected: Type | None) -> Type: ...

    @abstractmethod
    def match_value(self, e: n.Match, expected: Type | None) -> Type: ...

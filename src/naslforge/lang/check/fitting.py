"""Every expression passes here: its type is kept, and held against the place it stands in."""

from abc import ABC, abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.mending import Mending
from naslforge.lang.check.suggest import Words
from naslforge.lang.diagnostics import Rule
from naslforge.lang.types import (
    ANY,
    BOOLEAN,
    DECIMAL,
    LONG,
    NULL,
    NUMBERS,
    STRING,
    TEXTS,
    UNKNOWN,
    VOID,
    Table,
    Type,
    Union,
    Unknown,
    fits,
    show,
)


class Fitting(Mending, ABC):
    """Entry points of typing, and what fits where."""

    def expr(self, e: n.Expr, expected: Type | None = None) -> Type:
        """The type of an expression; `expected` guides literals and calls, but is not enforced."""
        type_ = self.one_expr(e, expected)
        self.types[e] = type_
        if self.over and e not in self.over_rows and any(child in self.over_rows for child in e.children()):
            self.over_rows.add(e)
        return type_

    def value(self, e: n.Expr, expected: Type | None = None) -> Type:
        """As `expr`, for a place that needs some value: a call without result is reported."""
        type_ = self.expr(e, expected)
        if type_ is VOID:
            self.report_no_result(e)
            return UNKNOWN
        if isinstance(type_, Table):
            self.report(rules.NOT_A_VALUE, e.span, name=e.span.text, what="a table", what_zh="表", **_no_advice())
            return UNKNOWN
        return type_

    def want(self, e: n.Expr, wanted: Type, place: str = "this", place_zh: str = "这里") -> Type:
        """Type `e` where a value of type `wanted` must stand; reports a misfit."""
        given = self.value(e, wanted)
        self.fit(e, given, wanted, place, place_zh)
        return given

    def fit(
        self,
        e: n.Expr,
        given: Type,
        wanted: Type,
        place: str = "this",
        place_zh: str = "这里",
        rule: Rule = rules.TYPE_MISMATCH,
        **facts: object,
    ) -> bool:
        """May the typed expression stand where `wanted` is? Remembers Longs that become Decimals."""
        if fits(given, wanted, self.fields_of):
            self.widen(e, given, wanted)
            return True
        advice = self.mend(e, given, wanted)
        shown: Words = {
            "wanted": f"`{show(wanted)}`",
            "given": f"`{show(given)}`",
            "place": place,
            "place_zh": _spaced(place_zh),
        }
        self.report(rule, e.span, fixes=advice.fixes, **{**shown, **advice.facts, **facts})
        return False

    def widen(self, e: n.Expr, given: Type, wanted: Type) -> None:
        """Mark `e` where it is Long and a Decimal is wanted."""
        if self.rehearsing or given is not LONG:
            return
        if wanted is DECIMAL or (
            isinstance(wanted, Union) and DECIMAL in wanted.members and LONG not in wanted.members
        ):
            self.widened.add(e)

    def condition(self, e: n.Expr, place: str, place_zh: str, *, tight: bool = False) -> None:
        """A Boolean must stand here; a `tight` place needs parentheses around a comparison."""
        given = self.value(e, BOOLEAN)
        if not fits(given, BOOLEAN, self.fields_of):
            advice = self.as_condition(e, given, tight)
            shown: Words = {"given": f"`{show(given)}`", "place": place, "place_zh": _spaced(place_zh)}
            self.report(rules.NOT_BOOLEAN, e.span, fixes=advice.fixes, **shown, **advice.facts)

    def common(self, a: Type, b: Type) -> Type | None:
        """The type of a place that may hold either, None where they do not go together."""
        if a == b or b is NULL or isinstance(a, Unknown):
            return a
        if a is NULL or isinstance(b, Unknown):
            return b
        if ANY in (a, b):
            return ANY
        if a in NUMBERS and b in NUMBERS:
            return DECIMAL
        if a in TEXTS and b in TEXTS:
            return STRING
        if fits(b, a, self.fields_of):
            return a
        return b if fits(a, b, self.fields_of) else None

    @abstractmethod
    def one_expr(self, e: n.Expr, expected: Type | None) -> Type:
        """The type of one kind of expression."""


def _spaced(place: str) -> str:
    """Code and Chinese words have a blank between them."""
    return place + " " if place.endswith("`") else place


def _no_advice() -> Words:
    return {"advice": "", "advice_zh": ""}

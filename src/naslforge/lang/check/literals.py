"""Literals: numbers, lists, structures; most take the type of the place they stand in."""

from abc import abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.fitting import Fitting
from naslforge.lang.check.suggest import Words, say, wrap
from naslforge.lang.diagnostics import Edit, Fix, Rule
from naslforge.lang.types import (
    ANY,
    DECIMAL,
    LONG,
    NULL,
    UNKNOWN,
    Anonymous,
    Entity,
    ListOf,
    MapOf,
    Structure,
    Type,
    Union,
    Unknown,
    show,
)

_LONGEST = 2**63 - 1


class Literals(Fitting):
    """Types literals and `new`."""

    def number(self, e: n.Number) -> Type:
        if not e.is_long:
            return DECIMAL
        digits = e.text.lstrip("-").lstrip("0")
        if len(digits) > 19 or (digits and int(digits) > _LONGEST):
            fix = Fix(f"write `{e.text}.0`", (Edit(e.span.at_end(), ".0"),), "unsafe")
            self.report(rules.NUMBER_RANGE, e.span, fixes=[fix], text=e.text)
        return LONG

    def list_literal(self, e: n.ListLiteral, expected: Type | None) -> Type:
        if isinstance(expected, Union):
            expected = next((m for m in expected.members if isinstance(m, ListOf)), None)
        if isinstance(expected, ListOf) and expected.item is not ANY:
            for item in e.items:
                self.want(item, expected.item, "an item of this list", "列表的项")
            return expected
        if isinstance(expected, ListOf) or expected is ANY:
            for item in e.items:
                self.value(item)
            return ListOf(ANY)
        if not e.items:
            self.report(rules.UNTYPED_LIST, e.span)
            return ListOf(UNKNOWN)
        return ListOf(self.common_of(e.items, rules.MIXED_LIST))

    def common_of(self, items: tuple[n.Expr, ...], rule: Rule) -> Type:
        """The common type of expressions that stand side by side, each widened to it."""
        found: Type = NULL
        given = [self.value(item) for item in items]
        for item, type_ in zip(items, given, strict=True):
            both = self.common(found, type_)
            if both is None:
                self.report(rule, item.span, left=f"`{show(found)}`", right=f"`{show(type_)}`")
                return UNKNOWN
            found = both
        for item, type_ in zip(items, given, strict=True):
            self.widen(item, type_, found)
        return ANY if found is NULL else found

    def new(self, e: n.New, expected: Type | None) -> Type:
        habit = self.foreign_new(e, expected)
        if habit is not None:
            return habit
        type_ = self.annotation(e.type)
        if isinstance(type_, Structure | Entity | Anonymous):
            self.fill(e.object, type_)
            return type_
        for entry in e.object.entries:
            self.value(entry.value)
        if not isinstance(type_, Unknown):
            advice = (
                say(f"nasl.util.New<{show(type_)}>()") if isinstance(type_, ListOf | MapOf) else say("new S({ … })")
            )
            shown: Words = {"what": "no structure", "what_zh": "非结构类型"}
            self.report(rules.NOT_A_VALUE, e.type.span, name=f"new {show(type_)}", **shown, **advice.facts)
        return type_

    def object_literal(self, e: n.ObjectLiteral, expected: Type | None) -> Type:
        if isinstance(expected, Union):
            expected = next((m for m in expected.members if self.fields_of(m) is not None), None)
        if isinstance(expected, MapOf):
            self._object_as_map(e, expected)
            return expected
        if expected is not None and self.fields_of(expected) is not None:
            self.fill(e, expected)
            return expected
        return Anonymous(tuple(self._free_field(entry) for entry in self._plain_entries(e)))

    def _object_as_map(self, e: n.ObjectLiteral, wanted: MapOf) -> None:
        args: Words = {"key": show(wanted.key), "value": show(wanted.value)}
        for entry in e.entries:
            self.want(entry.value, wanted.value)
        before = f"nasl.util.NewMap<{args['key']}, {args['value']}>("
        self.report(rules.OBJECT_AS_MAP, e.span, fixes=[wrap(e.span, before, ")", safe=True)], **args)

    def _plain_entries(self, e: n.ObjectLiteral) -> list[n.Entry]:
        """The entries with a plain name; others are reported, they belong into NewMap."""
        plain = []
        for entry in e.entries:
            if isinstance(entry.key, n.Ident):
                plain.append(entry)
            else:
                self.report(rules.OBJECT_AS_MAP, entry.span, key="K", value="V")
                self.value(entry.value)
        self._repeated(plain)
        return plain

    def _repeated(self, entries: list[n.Entry]) -> None:
        seen: set[str] = set()
        for entry in entries:
            assert isinstance(entry.key, n.Ident)
            if entry.key.name in seen:
                self.report(rules.DUPLICATE_NAME, entry.key.span, name=entry.key.name)
            seen.add(entry.key.name)

    def _free_field(self, entry: n.Entry) -> tuple[str, Type]:
        assert isinstance(entry.key, n.Ident)
        type_ = self.value(entry.value)
        return entry.key.name, ANY if type_ is NULL else type_

    def fill(self, e: n.ObjectLiteral, type_: Type) -> None:
        """A literal that builds `type_`: it may leave properties out, but not add any."""
        self.types[e] = type_
        fields = dict(self.fields_of(type_) or ())
        for entry in self._plain_entries(e):
            assert isinstance(entry.key, n.Ident)
            name = entry.key.name
            if name in fields:
                self.want(entry.value, fields[name], f"property `{name}`", f"属性 `{name}`")
            else:
                self.value(entry.value)
                if fields or not isinstance(type_, Unknown):
                    self.report_unknown_field(rules.UNKNOWN_FIELD, entry.key, type_, list(fields))

    @abstractmethod
    def foreign_new(self, e: n.New, expected: Type | None) -> Type | None: ...

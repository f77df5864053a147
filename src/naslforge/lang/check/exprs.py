"""Operators, literals and members: the type of every expression that is neither a call nor a query."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.mending import Mending
from naslforge.lang.check.suggest import Words, say, wrap
from naslforge.lang.diagnostics import Rule
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
    VOID,
    Anonymous,
    Entity,
    EnumType,
    ListOf,
    MapOf,
    Primitive,
    Structure,
    Table,
    Type,
    Union,
    Unknown,
    fits,
    show,
)

_DATES = (DATE, TIME, DATETIME)
_LONGEST = 2**63 - 1


class Expressions(Mending):
    """Types expressions; what they stand for is recorded on the way."""

    # --- entry points

    def expr(self, e: n.Expr, expected: Type | None = None) -> Type:
        """The type of an expression; `expected` guides literals and calls, but is not enforced."""
        type_ = self._expr(e, expected)
        self.types[e] = type_
        if self.over and e not in self.over_rows and any(child in self.over_rows for child in e.children()):
            self.over_rows.add(e)
        return type_

    def value(self, e: n.Expr, expected: Type | None = None) -> Type:
        """As `expr`, for a place that needs some value: a call without result is reported."""
        type_ = self.expr(e, expected)
        if type_ == VOID:
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
        if self.rehearsing or given != LONG:
            return
        if wanted == DECIMAL or (
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
        if a == b or b == NULL or isinstance(a, Unknown):
            return a
        if a == NULL or isinstance(b, Unknown):
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

    # --- one expression

    def _expr(self, e: n.Expr, expected: Type | None) -> Type:
        match e:
            case n.Null():
                return NULL
            case n.Bool():
                return BOOLEAN
            case n.Number():
                return self._number(e)
            case n.Text():
                return STRING
            case n.Template(_, parts):
                for part in parts:
                    self.value(part)
                return STRING
            case n.Regex():
                return REGEX
            case n.Name():
                return self.name(e)
            case n.Member():
                return self.member(e)
            case n.Call():
                return self.call(e, expected)
            case n.Lambda():
                self.report(rules.FUNCTION_VALUE, e.span)
                return UNKNOWN
            case n.New():
                return self._new(e, expected)
            case n.ListLiteral():
                return self._list(e, expected)
            case n.ObjectLiteral():
                return self._object(e, expected)
            case n.Unary():
                return self._unary(e)
            case n.Binary():
                return self._binary(e)
            case n.Match():
                return self.match_value(e, expected)
            case n.Query():
                return self.query(e, expected)
            case n.Index():
                return self._index(e)
            case n.Conditional():
                return self._conditional(e, expected)
            case n.Hole():
                return UNKNOWN
        return UNKNOWN

    # --- literals

    def _number(self, e: n.Number) -> Type:
        if not e.is_long:
            return DECIMAL
        digits = e.text.lstrip("-").lstrip("0")
        if len(digits) > 19 or (digits and int(digits) > _LONGEST):
            self.report(rules.NUMBER_RANGE, e.span, text=e.text)
        return LONG

    def _list(self, e: n.ListLiteral, expected: Type | None) -> Type:
        if isinstance(expected, Union):
            expected = next((m for m in expected.members if isinstance(m, ListOf)), None)
        if isinstance(expected, ListOf) and expected.item != ANY:
            for item in e.items:
                self.want(item, expected.item, "an item of this list", "列表的项")
            return expected
        if isinstance(expected, ListOf) or expected == ANY:
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
        return ANY if found == NULL else found

    def _new(self, e: n.New, expected: Type | None) -> Type:
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

    def _object(self, e: n.ObjectLiteral, expected: Type | None) -> Type:
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
        return entry.key.name, ANY if type_ == NULL else type_

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

    # --- operators

    def _unary(self, e: n.Unary) -> Type:
        if e.op == "!":
            self.condition(e.operand, "the operand of `!`", "`!` 的操作数", tight=True)
            return BOOLEAN
        given = self.value(e.operand)
        if given in (*NUMBERS, ANY, NULL) or isinstance(given, Unknown):
            return LONG if given == NULL else given
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
        if isinstance(e.left, n.ListLiteral | n.ObjectLiteral):
            right = self.value(e.right)
            return self.value(e.left, right), right
        left = self.value(e.left)
        literal = isinstance(e.right, n.ListLiteral | n.ObjectLiteral)
        return left, self.value(e.right, left if literal else None)

    def _equality(self, e: n.Binary, left: Type, right: Type) -> Type:
        either = fits(left, right, self.fields_of) or fits(right, left, self.fields_of)
        if not either or (isinstance(left, EnumType) and right in TEXTS):
            self.report_comparison(e, left, right)
        return BOOLEAN

    def _ordered(self, left: Type, right: Type) -> bool:
        if any(t in (NULL, ANY) or isinstance(t, Unknown) for t in (left, right)):
            other = right if left in (NULL, ANY) or isinstance(left, Unknown) else left
            return not isinstance(other, ListOf | MapOf | Structure | Entity | Anonymous) and other != BOOLEAN
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

    def name(self, e: n.Name) -> Type:
        raise NotImplementedError

    def member(self, e: n.Member) -> Type:
        raise NotImplementedError

    def call(self, e: n.Call, expected: Type | None) -> Type:
        raise NotImplementedError

    def query(self, e: n.Query, expected: Type | None) -> Type:
        raise NotImplementedError

    def match_value(self, e: n.Match, expected: Type | None) -> Type:
        raise NotImplementedError

    def foreign_new(self, e: n.New, expected: Type | None) -> Type | None:
        raise NotImplementedError


def _spaced(place: str) -> str:
    """Code and Chinese words have a blank between them."""
    return place + " " if place.endswith("`") else place


def _no_advice() -> Words:
    return {"advice": "", "advice_zh": ""}

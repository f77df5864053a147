"""How to mend a misfit: the conversion, the member of the enum, the function that does what was meant."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.annotations import Annotations
from naslforge.lang.check.suggest import NOTHING, Advice, Words, dotted, listed, near_name, replace, say, wrap
from naslforge.lang.diagnostics import Edit, Fix, Rule
from naslforge.lang.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    LONG,
    NUMBERS,
    STRING,
    TEXTS,
    TIME,
    Anonymous,
    Entity,
    EnumType,
    ListOf,
    MapOf,
    Primitive,
    Structure,
    Type,
    TypeVar,
    Unknown,
    fits,
    show,
)

_DATES = (DATE, TIME, DATETIME)
_NUMBERS = {LONG: re.compile(r"-?\d+"), DECIMAL: re.compile(r"-?\d+(\.\d+)?")}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# (given, wanted) -> text around the expression, and whether nothing else can have been meant
_CONVERSIONS = {
    ("Decimal", "Long"): ("nasl.util.Round(", ")", False),
    ("String", "Long"): ("nasl.util.FromString<Long>(", ")", False),
    ("String", "Decimal"): ("nasl.util.FromString<Decimal>(", ")", False),
    ("String", "Boolean"): ("nasl.util.FromString<Boolean>(", ")", False),
    ("String", "Date"): ("nasl.util.FromString<Date>(", ")", True),
    ("String", "Time"): ("nasl.util.FromString<Time>(", ")", True),
    ("String", "DateTime"): ("nasl.util.FromString<DateTime>(", ")", True),
    ("Date", "DateTime"): ("nasl.util.Convert<DateTime>(", ")", True),
    ("DateTime", "Date"): ("nasl.util.Convert<Date>(", ")", True),
    ("DateTime", "Time"): ("nasl.util.Convert<Time>(", ")", True),
    ("DateTime", "Long"): ("nasl.util.Convert<Long>(", ")", False),
    ("Long", "DateTime"): ("nasl.util.Convert<DateTime>(", ")", False),
    ("Boolean", "Long"): ("nasl.util.Convert<Long>(", ")", False),
    ("Boolean", "Decimal"): ("nasl.util.Convert<Decimal>(", ")", False),
}

_IN_PLACE = {f"nasl.util.{name}" for name in ("Add", "Insert", "MapPut", "Remove", "MapRemove", "Clear")}


class Mending(Annotations):
    """Turns a misfit into advice and edits."""

    def mend(self, e: n.Expr, given: Type, wanted: Type) -> Advice:
        """How `e` of type `given` becomes a `wanted`, if there is a usual way."""
        if isinstance(wanted, EnumType) and given in TEXTS:
            return self.mend_enum(e, wanted)
        if isinstance(given, EnumType) and wanted in TEXTS:
            return self._around(e, "nasl.util.EnumItemToStructure(", ").value")
        if given is DECIMAL and wanted is LONG:
            return self._whole(e)
        if isinstance(e, n.Text) and wanted in NUMBERS and _NUMBERS[wanted].fullmatch(e.value):
            return say(e.value, replace(e.span, e.value, safe=True))
        if wanted in TEXTS and isinstance(given, ListOf) and given.item in TEXTS:
            return self._around(e, "nasl.util.Join(", ", ',')")
        if wanted in TEXTS and isinstance(given, Primitive | EnumType | ListOf | MapOf):
            return self._around(e, "nasl.util.ToString(", ")", safe=isinstance(given, Primitive))
        key = tuple("String" if t in TEXTS else t.name for t in (given, wanted) if isinstance(t, Primitive))
        if len(key) == 2 and (found := _CONVERSIONS.get((key[0], key[1]))):
            return self._around(e, found[0], found[1], safe=found[2] and _readable(e, given))
        return self._shape(e, given, wanted)

    def _around(self, e: n.Expr, before: str, after: str, *, safe: bool = False) -> Advice:
        if self.over is not None and e in self.over_rows and before.startswith("nasl.util."):
            return NOTHING  # the library does not work on rows
        text = e.span.text
        shown = before + (text if len(text) <= 60 and "\n" not in text else "…") + after
        return say(shown, wrap(e.span, before, after, safe=safe))

    def _whole(self, e: n.Expr) -> Advice:
        """A Decimal where a Long is wanted: `/` of whole numbers asks for TruncDivide."""
        if isinstance(e, n.Binary) and e.op == "/":
            text = f"nasl.util.TruncDivide({e.left.span.text}, {e.right.span.text})"
            words = (f"; `/` gives a Decimal, write `{text}`", f"，`/` 的结果是 Decimal，整除应写 `{text}`")
            return Advice(*words, [replace(e.span, text)])
        if isinstance(e, n.Number) and e.text.rstrip("0").endswith("."):
            return say(e.text.partition(".")[0], replace(e.span, e.text.partition(".")[0], safe=True))
        text = e.span.text
        en = f"; write `nasl.util.Round({text})`, or Floor, Ceil, Trunc, as is meant"
        zh = f"，应写 `nasl.util.Round({text})`，或按需要用 Floor、Ceil、Trunc"
        return Advice(en, zh, [wrap(e.span, "nasl.util.Round(", ")")])

    def mend_enum(self, e: n.Expr, wanted: EnumType) -> Advice:
        """A text where a member of an enum is wanted."""
        members = self.enums.get(wanted.name, ())
        if isinstance(e, n.Text):
            for name, value, label in members:
                if e.value in (name, value, label):
                    return say(f"{wanted.name}.{name}", replace(e.span, f"{wanted.name}.{name}", safe=True))
            known = listed(f"{wanted.name}.{name}" for name, _, _ in members)
            return Advice(f"; its members are {known}", f"，它的成员有 {known}")
        return self._around(e, f"nasl.util.ToEnumItem<{wanted.name}>(", ")")

    def _shape(self, e: n.Expr, given: Type, wanted: Type) -> Advice:
        """Lists, pages and structures that hold what is wanted."""
        fields = dict(self.fields_of(given) or ())
        if isinstance(wanted, ListOf) and isinstance(fields.get("list"), ListOf) and "total" in fields:
            return say(f"{e.span.text}.list", wrap(e.span, "", ".list"))
        if isinstance(wanted, ListOf) and fits(given, wanted.item, self.fields_of):
            return self._around(e, "[", "]")
        if isinstance(wanted, ListOf) and isinstance(given, MapOf):
            return say("nasl.util.MapValues(…)")
        if isinstance(given, ListOf) and not isinstance(wanted, ListOf) and fits(given.item, wanted, self.fields_of):
            return self._around(e, "nasl.util.ListHead(", ")")
        if isinstance(given, ListOf) and isinstance(wanted, Anonymous) and "total" in dict(wanted.fields):
            return say(f"PAGINATE({'…' if len(e.span.text) > 40 else e.span.text}, page, size)")
        if isinstance(given, ListOf) and isinstance(wanted, ListOf):
            return self._items(e, given, wanted)
        if isinstance(wanted, Anonymous) and isinstance(given, Anonymous):
            return self._page(e, given, wanted)
        if isinstance(wanted, Structure | Entity) and fields:
            return self._rebuild(e, fields, wanted)
        if wanted is BOOLEAN:
            advice = self.as_condition(e, given)
            return Advice(advice.en, advice.zh, (Fix(f.title, f.edits, "unsafe") for f in advice.fixes))
        return NOTHING

    def _items(self, e: n.Expr, given: ListOf, wanted: ListOf) -> Advice:
        """Lists are invariant: each item is made anew."""
        item = self._item(given.item, wanted.item)
        if item is None:
            return NOTHING
        whole = isinstance(e, n.Name | n.Member | n.Call)
        return self._around(e, "nasl.util.ListTransform(", f", (item) => {item[0]})", safe=item[1] and whole)

    def _item(self, given: Type, wanted: Type) -> tuple[str, bool] | None:
        """How `item` becomes a `wanted`, and whether nothing is left to say."""
        if (given, wanted) == (LONG, DECIMAL):
            return "nasl.util.Convert<Decimal>(item)", True
        if wanted in TEXTS and isinstance(given, Primitive):
            return "nasl.util.ToString(item)", False
        fields, have = self.fields_of(wanted), dict(self.fields_of(given) or ())
        if fields is None or not have or not isinstance(wanted, Structure | Entity):
            return None
        shared = [name for name, type_ in fields if name in have and fits(have[name], type_, self.fields_of)]
        parts = ", ".join(f"{name}: item.{name}" for name in shared)
        return f"new {show(wanted)}({{ {parts} }})", len(shared) == len(fields)

    def _page(self, e: n.Expr, given: Anonymous, wanted: Anonymous) -> Advice:
        """A page whose items are made anew: `{ list: ListTransform(page.list, …), total: page.total }`."""
        here, there = dict(given.fields).get("list"), dict(wanted.fields).get("list")
        if not isinstance(here, ListOf) or not isinstance(there, ListOf) or not isinstance(e, n.Name | n.Member):
            return NOTHING
        item, text = self._item(here.item, there.item), e.span.text
        if item is None:
            return NOTHING
        made = f"{{ list: nasl.util.ListTransform({text}.list, (item) => {item[0]}), total: {text}.total }}"
        return say(made, replace(e.span, made, safe=item[1]))

    def _rebuild(self, e: n.Expr, have: dict[str, Type], wanted: Structure | Entity) -> Advice:
        if not isinstance(e, n.Name | n.Member):
            return say(f"new {show(wanted)}({{ … }})")
        text = e.span.text
        fields = self.fields_of(wanted) or ()
        names = [name for name, type_ in fields if name in have and fits(have[name], type_, self.fields_of)]
        made = f"new {show(wanted)}({{ {', '.join(f'{name}: {text}.{name}' for name in names)} }})"
        return say(made, replace(e.span, made)) if names else say(f"new {show(wanted)}({{ … }})")

    def as_condition(self, e: n.Expr, given: Type, tight: bool = False) -> Advice:
        """How a value of another type becomes a condition."""
        simple = isinstance(e, n.Name | n.Member | n.Call)
        before, after = ("(", ")") if tight else ("", "")
        if isinstance(given, ListOf | MapOf) or given in TEXTS:
            return self._around(e, "nasl.util.HasValue(", ")", safe=simple)
        if given in NUMBERS:
            arithmetic = isinstance(e, n.Binary) and e.op in ("+", "-", "*", "/", "%")
            return self._around(e, before, " != 0" + after, safe=True) if simple or arithmetic else say("… != 0")
        if isinstance(given, Unknown):
            return NOTHING
        return self._around(e, before, " != null" + after, safe=True) if simple else NOTHING

    # --- reports with the usual advice

    def report_no_result(self, e: n.Expr) -> None:
        callee = dotted(e.callee) if isinstance(e, n.Call) else None
        advice = NOTHING
        if isinstance(e, n.Call) and callee in _IN_PLACE:
            en = "; it changes the list or map itself, so call it as a statement"
            advice = Advice(en, "；它就地改变列表或 Map，应单独写成一条语句", self._as_statement(e))
        self.report(rules.NO_RESULT, e.span, name=callee or e.span.text, fixes=advice.fixes, **advice.facts)

    def _as_statement(self, e: n.Call) -> list[Fix]:
        """`xs = nasl.util.Add(xs, x);` without its `xs =`."""
        data, start = e.span.source.data, e.span.start
        line = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
        assigned = re.search(r"(?:^|[;{}])\s*([\w.$]+)\s*=\s*$", line)
        if assigned is None or not e.args or assigned[1] != e.args[0].span.text:
            return []
        before = e.span.source.span(start - len(line[assigned.start(1) :].encode()), start)
        return [Fix("leave out the assignment", (Edit(before, ""),), "safe")]

    def report_unknown_field(self, rule: Rule, key: n.Ident, owner: Type, known: list[str]) -> None:
        """A property that `owner` does not have; names the ones it has."""
        advice = near_name(key.name, known, key.span)
        shown = "this structure" if isinstance(owner, Anonymous) else f"`{show(owner)}`"
        zh = "这个结构" if isinstance(owner, Anonymous) else f"`{show(owner)}`"
        facts: Words = {"owner": shown, "owner_zh": zh, "name": key.name, "known": listed(known, 20)}
        self.report(rule, key.span, fixes=advice.fixes, **facts, **advice.near)

    def report_operator(self, e: n.Binary | n.Unary, left: Type, right: Type) -> None:
        facts: Words = {"op": e.op, "left": f"`{show(left)}`", "right": f"`{show(right)}`"}
        if isinstance(e, n.Binary) and (left in _DATES or right in _DATES):
            advice = self._dates(e, left, right)
            self.report(rules.DATE_ARITHMETIC, e.span, fixes=advice.fixes, **facts, **advice.facts)
            return
        advice = self._operator_advice(e, left, right) if isinstance(e, n.Binary) else NOTHING
        self.report(rules.OPERATOR_TYPES, e.span, fixes=advice.fixes, **facts, **advice.facts)

    def _dates(self, e: n.Binary, left: Type, right: Type) -> Advice:
        a, b = e.left.span.text, e.right.span.text
        if right in NUMBERS and e.op in ("+", "-"):
            text = f"nasl.util.{'AddDays' if e.op == '+' else 'SubDays'}({a}, {b})"
        elif left in NUMBERS and e.op == "+":
            text = f"nasl.util.AddDays({b}, {a})"
        elif e.op == "-" and left == right:
            text = f"nasl.util.DateDiff({b}, {a}, '{'s' if left is TIME else 'd'}', false)"
        else:
            return Advice(
                "use `nasl.util.AddDays`, `nasl.util.DateDiff`", "应使用 `nasl.util.AddDays`、`nasl.util.DateDiff`"
            )
        return Advice(f"write `{text}`", f"应写 `{text}`", [replace(e.span, text)])

    def _operator_advice(self, e: n.Binary, left: Type, right: Type) -> Advice:
        if e.op == "+" and isinstance(left, ListOf):
            text = "nasl.util.AddAll(list, items)" if isinstance(right, ListOf) else "nasl.util.Add(list, item)"
            return Advice(f"; use `{text}` as a statement", f"，应使用语句 `{text}`")
        if e.op == "*" and left in TEXTS and right is LONG:
            text = f"nasl.util.Join(nasl.util.ListRepeat({e.left.span.text}, {e.right.span.text}), '')"
            return say(text, replace(e.span, text))
        side, type_ = (e.left, left) if left not in NUMBERS else (e.right, right)
        if type_ in TEXTS:
            return self.mend(side, STRING, DECIMAL)
        if type_ is BOOLEAN:
            return self.mend(side, BOOLEAN, LONG)
        return NOTHING

    def report_comparison(self, e: n.Binary, left: Type, right: Type) -> None:
        """`==`, `<` … between types that do not compare."""
        facts: Words = {"op": e.op, "left": f"`{show(left)}`", "right": f"`{show(right)}`"}
        for this, its, other in ((e.right, right, left), (e.left, left, right)):
            if isinstance(other, EnumType) and isinstance(this, n.Text) and e.op in ("==", "!="):
                if self._report_enum_text(this, other):
                    return
            elif its in TEXTS and isinstance(other, Primitive):
                advice = self.mend(this, STRING, other)
                self.report(rules.INCOMPARABLE, e.span, fixes=advice.fixes, **facts, **advice.facts)
                return
        advice = self._compare_advice(e, left, right)
        self.report(rules.INCOMPARABLE, e.span, fixes=advice.fixes, **facts, **advice.facts)

    def _report_enum_text(self, e: n.Text, enum: EnumType) -> bool:
        advice = self.mend_enum(e, enum)
        known = listed(f"{enum.name}.{name}" for name, _, _ in self.enums.get(enum.name, ()))
        fixes: tuple[Fix, ...] = advice.fixes
        facts: Words = {"text": e.span.text, "enum": enum.name, "known": known}
        self.report(rules.ENUM_AND_TEXT, e.span, fixes=fixes, **facts)
        return True

    def _compare_advice(self, e: n.Binary, left: Type, right: Type) -> Advice:
        if left is DATETIME and right is DATE:
            return self.mend(e.left, DATETIME, DATE)
        if left is DATE and right is DATETIME:
            return self.mend(e.right, DATETIME, DATE)
        if isinstance(left, ListOf) and right in NUMBERS:
            return say(f"{e.left.span.text}.length {e.op} {e.right.span.text}")
        if isinstance(left, EnumType) and right in TEXTS:
            return self.mend_enum(e.right, left)
        if isinstance(right, EnumType) and left in TEXTS:
            return self.mend_enum(e.left, right)
        return NOTHING

    def report_index(self, e: n.Index, owner: Type) -> None:
        """Brackets: the function to call instead depends on what stands before them."""
        a, b = e.object.span.text, e.index.span.text
        if isinstance(owner, MapOf):
            text = f"nasl.util.MapGet({a}, {b})"
        elif owner in TEXTS:
            text = f"nasl.util.SubString({a}, {b}, 1)"
        elif isinstance(e.index, n.Text) and not isinstance(owner, ListOf | TypeVar):
            text = f"{a}.{e.index.value}"
        else:
            text = f"nasl.util.Get({a}, {b})"
        simple = (
            (isinstance(owner, ListOf | MapOf) or owner in TEXTS)
            and not _has_index(e.object)
            and not _has_index(e.index)
        )
        fixes = [replace(e.span, text, safe=simple)]
        self.report(rules.INDEX_HABIT, e.span, instead=text, fixes=fixes)


def _has_index(e: n.Node) -> bool:
    """Does another mistake of the same kind lie inside? Then the inner one is mended first."""
    return any(isinstance(inner, n.Index | n.Conditional | n.Hole) for inner in e.walk())


def _readable(e: n.Expr, given: Type) -> bool:
    """Is a literal text surely a date? Other expressions keep their meaning only when they are no texts."""
    if given not in TEXTS:
        return True
    return isinstance(e, n.Text) and bool(_ISO_DATE.fullmatch(e.value))

"""Habits of other languages in calls: methods on values, functions and objects that NASL does not have."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import catalogue
from naslforge.lang.check.entities import EntityLogics
from naslforge.lang.check.suggest import Advice, Words, dotted, near_name, replace
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.habits import Habit, habits
from naslforge.lang.scope import nearest
from naslforge.lang.source import Span
from naslforge.lang.types import (
    BOOLEAN,
    DATETIME,
    STRING,
    TEXTS,
    UNKNOWN,
    VOID,
    EnumType,
    ListOf,
    MapOf,
    Table,
    Type,
    Unknown,
    show,
)

_BLOCK_LAMBDA = re.compile(r"\(?\s*(?P<item>[\w$]+)\s*(?:,\s*(?P<index>[\w$]+)\s*)?\)?\s*=>\s*(?P<body>\{.*\})", re.S)
_ISO = re.compile(r"(['\"])\d{4}-\d{2}-\d{2}\1")
_RESULTS: dict[str, Type] = {"Boolean": BOOLEAN, "Decimal": UNKNOWN, "String": STRING}
_KINDS = {"Date": "Date", "DateTime": "Date", "Time": "Date", "Decimal": "Number", "Long": "Number"}
_ALL_ROWS = {
    "findAll",
    "list",
    "getAll",
    "selectAll",
    "all",
    "queryAll",
    "getList",
    "listAll",
    "query",
    "find",
    "select",
}


class Foreign(EntityLogics):
    """Says the NASL way of what was written in another language's way."""

    # --- methods of values

    def foreign_method(self, e: n.Call, callee: n.Member, owner: Type) -> Type:
        """`value.method(…)`: says which function does it; the result is typed as if it stood there."""
        name = callee.name.name
        if isinstance(owner, Table):
            return self._method_of_table(e, callee, owner)
        if name == "collect" and e.args and e.args[0].span.text in ("Collectors.toList()", "Collectors.toSet()"):
            e = n.Call(e.span, e.callee, e.type_args, ())  # the end of a Java stream
        chosen = self._method_of_column(callee, len(e.args)) or self._method(name, owner, len(e.args))
        if chosen is None:
            self.loose(e)
            if not isinstance(owner, Unknown) or self._known_value(callee.object):
                self._unknown_method(callee, owner)
            return UNKNOWN
        if name in ("sort", "Sort", "toSorted", "sorted") and (criterion := _criterion(e)):
            text = f"nasl.util.ListSort({callee.object.span.text}, {criterion})"
            self.loose(e)
            self._report_method(e, callee, text, safe=isinstance(owner, ListOf))
            return owner
        if isinstance(owner, ListOf) and name in ("forEach", "ForEach", "each") and (loop := self._loop(e, callee)):
            self.loose(e)
            self._report_method(e, callee, loop, safe=True)
            return VOID
        return self._replaced(e, callee, owner, chosen)

    def _loop(self, e: n.Call, callee: n.Member) -> str | None:
        """`xs.forEach((x, i) => { … })` as a loop; a `return` in it would mean something else."""
        found = _BLOCK_LAMBDA.fullmatch(e.args[0].span.text) if e.args else None
        if found is None or re.search(r"\breturn\b", found.group("body")):
            return None
        index = found.group("index") or next(
            name for name in ("index", *(f"index{i}" for i in range(1, 99))) if self.scope.find(name) is None
        )
        item, body = found.group("item"), found.group("body")
        return f"for (const [{index}, {item}] of ListEntries({callee.object.span.text})) {body}"

    def _known_value(self, e: n.Expr) -> bool:
        """Is the value before the dot understood, so that an unknown method is worth a word?"""
        return isinstance(e, n.Name) and not isinstance(self.types.get(e, UNKNOWN), Unknown)

    def _method_of_table(self, e: n.Call, callee: n.Member, owner: Table) -> Type:
        return self.unknown_entity_logic(e, owner.name, callee.name.name)

    def _method_of_column(self, callee: n.Member, count: int) -> Habit | None:
        """In a query the database does the work: `Order.name.contains(x)` is `LIKE(Order.name, x)`."""
        if self.over is None or callee.object not in self.over_rows:
            return None
        known = habits().methods.get(callee.name.name, [])
        return next((h for h in known if h.kind == "Row" and h.count == count), None)

    def _method(self, name: str, owner: Type, count: int) -> Habit | None:
        """The habit for this method on this kind of value; on an unknown value, one that all kinds share."""
        known = habits().methods.get(name, [])
        fitting = [h for h in known if h.count in (count, None)]
        if isinstance(owner, Unknown):
            return fitting[0] if len({h.text for h in fitting}) == 1 else None
        kind = _kind(owner)
        own = [h for h in fitting if h.kind == kind] or [h for h in fitting if h.kind == "Any"]
        other = [h for h in known if h.kind == kind and not h.text]
        return next(iter(own or other), None)

    def _replaced(self, e: n.Call, callee: n.Member, owner: Type, habit: Habit) -> Type:
        parts = [callee.object.span.text, *(arg.span.text for arg in e.args)]
        safe = habit.safe and not isinstance(owner, Unknown) and not _unclear(e)
        self._report_method(e, callee, habit.write(parts), safe=safe, habit=habit, parts=parts)
        return self._as_written(e, habit, (callee.object, *e.args))

    def _as_written(self, e: n.Call, habit: Habit, parts: tuple[n.Expr, ...]) -> Type:
        """The type of what should be written: the call as it would be, or the type the table says."""
        if habit.text in ("$0", "$1"):
            kept = parts[int(habit.text[1])]
            return self.types[kept] if kept in self.types else self.value(kept)
        plain = habit.call
        function = catalogue().get(plain[0]) if plain else None
        if plain is None or function is None or max(plain[1], default=0) >= len(parts):
            self.loose(e)
            return _RESULTS.get(habit.type, UNKNOWN)
        args = tuple(parts[i] for i in plain[1])
        return self.expr(n.Call(e.span, _path(plain[0], e), (), args))

    def _report_method(
        self,
        e: n.Call,
        callee: n.Member,
        text: str,
        *,
        safe: bool,
        habit: Habit | None = None,
        parts: list[str] | None = None,
    ) -> None:
        en, zh = habit.words(parts or []) if habit else ("", "")
        if text:
            en = f"write `{text}`" + (f" ({en})" if en else "")
            zh = f"应写 `{text}`" + (f"（{zh}）" if zh else "")
        fixes = [replace(e.span, text, safe=safe)] if text else []
        facts: Words = {"name": callee.name.name, "advice": en, "advice_zh": zh}
        self.report(rules.FOREIGN_METHOD, callee.name.span, fixes=fixes, **facts)

    def _unknown_method(self, callee: n.Member, owner: Type) -> None:
        name = callee.name.name
        full = [f for f in catalogue().called(name) if f.startswith("nasl.util.")]
        if full:
            advice = Advice(f"; write `{full[0]}(…)`", f"，应写 `{full[0]}(…)`")
        elif name in dict(self.fields_of(owner) or ()):
            advice = Advice(f"; `{name}` is a property, without `()`", f"；`{name}` 是属性，不带 `()`")
        else:
            near = near_name(name, [f.rpartition(".")[2] for f in catalogue().names("nasl.util")])
            advice = near
        shown = show(owner) if not isinstance(owner, Unknown) else "value"
        self.report(rules.UNKNOWN_METHOD, callee.name.span, name=name, type=f"`{shown}`", **advice.near)

    # --- functions, objects and constructors

    def foreign_call(self, e: n.Call, path: str) -> Type | None:
        rows = habits().calls.get(path) or habits().calls.get(_in_util(path), [])
        habit = next((h for h in rows if h.count in (len(e.args), None)), None)
        if habit is None:
            return None
        parts = ["", *(arg.span.text for arg in e.args)]
        text = habit.write(parts)
        en, zh = habit.words(parts)
        if text:
            en = f"write `{text}`" + (f" ({en})" if en else "")
            zh = f"应写 `{text}`" + (f"（{zh}）" if zh else "")
        fixes = [replace(e.span, text, safe=habit.safe and not _unclear(e))] if text else []
        self.report(rules.FOREIGN_FUNCTION, e.callee.span, name=path, advice=en, advice_zh=zh, fixes=fixes)
        return self._as_written(e, habit, (n.Null(e.span), *e.args))

    def foreign_receiver(self, e: n.Call, name: str) -> Type | None:
        """A library function called with another kind of value: `nasl.util.Get` of a text or a Map."""
        if name == "nasl.util.ListSort":
            sorted_ = self._sort(e)
            if sorted_ is not None:
                return sorted_
        rows = habits().receivers.get(name)
        if not rows or not e.args or isinstance(e.args[0], n.Lambda):
            return None
        owner = self.first_look(e.args[0]) or UNKNOWN
        kind = "DateTime" if owner is DATETIME else _kind(owner)
        habit = next((h for h in rows if h.kind == kind and h.count in (len(e.args), None)), None)
        if habit is None or self._round_mode(e, name) or self._list_behind(e, name, kind):
            return None
        parts = ["", *(arg.span.text for arg in e.args)]
        text, (en, zh) = habit.write(parts), habit.words(parts)
        if text:
            en, zh = f"write `{text}`" + (f" ({en})" if en else ""), f"应写 `{text}`" + (f"（{zh}）" if zh else "")
        fixes = [replace(e.span, text, safe=habit.safe and not _unclear(e))] if text else []
        facts: Words = {"name": name, "given": f"`{show(owner)}`", "advice": en, "advice_zh": zh}
        self.report(rules.WRONG_RECEIVER, e.span, fixes=fixes, **facts)
        return self._as_written(e, habit, (n.Null(e.span), *e.args))

    def _list_behind(self, e: n.Call, name: str, kind: str) -> bool:
        """`nasl.util.Join(', ', list)`: no text is taken for a list, the two only stand in the wrong order."""
        takes_list = isinstance(catalogue()[name].overloads[0].params[0].type, ListOf)
        rest = (self.first_look(arg) for arg in e.args[1:] if not isinstance(arg, n.Lambda))
        return kind == "String" and takes_list and any(isinstance(type_, ListOf) for type_ in rest)

    def _round_mode(self, e: n.Call, name: str) -> bool:
        return name == "nasl.util.Round" and (self.first_look(e.args[1]) or UNKNOWN) in TEXTS

    def _sort(self, e: n.Call) -> Type | None:
        """`ListSort(list, (a, b) => a - b)` or `(item) => item.age` instead of a criterion; None where it is right."""
        for arg in e.args[1:]:
            self._whole_criterion(arg)
        if len(e.args) in (2, 3) and isinstance(e.args[1], n.Text) and (sorted_ := self._sort_by_name(e)) is not None:
            return sorted_
        if len(e.args) != 2 or not isinstance(by := e.args[1], n.Lambda) or isinstance(by.body, n.ObjectLiteral):
            return None
        owner = self.value(e.args[0])
        self.lambda_body(by, tuple(owner.item if isinstance(owner, ListOf) else UNKNOWN for _ in by.params), None)
        criterion = comparison(by)
        if criterion is None and len(by.params) == 1:
            criterion = f"({by.params[0].name}) => ({{ by: {by.body.span.text}, asc: true }})"
        broken = any(isinstance(inner, n.Hole | n.Index | n.Conditional | n.Call) for inner in by.walk())
        fixes = [replace(by.span, criterion, safe=not broken)] if criterion else []
        self.report(rules.SORT_CRITERION, by.span, fixes=fixes)
        return owner

    def _sort_by_name(self, e: n.Call) -> Type | None:
        """`ListSort(orders, 'amount', 'desc')`: the property named by a text."""
        owner, key = self.value(e.args[0]), e.args[1]
        fields = dict(self.fields_of(owner.item) or ()) if isinstance(owner, ListOf) else {}
        if not isinstance(key, n.Text) or key.value not in fields:
            return None
        down = len(e.args) == 3 and e.args[2].span.text.strip("'\"").lower() in ("desc", "descending", "false")
        text = f"(item) => ({{ by: item.{key.value}, asc: {'false' if down else 'true'} }})"
        place = key.span.to(e.args[-1].span)
        self.report(rules.SORT_CRITERION, place, fixes=[replace(place, text, safe=True)])
        return owner

    def _whole_criterion(self, e: n.Expr) -> None:
        """A criterion says both its key and its direction."""
        if not isinstance(e, n.Lambda) or not isinstance(e.body, n.ObjectLiteral):
            return
        names = {entry.key.name for entry in e.body.entries if isinstance(entry.key, n.Ident)}
        if "by" in names and "asc" not in names and e.body.entries:
            last = e.body.entries[-1].span
            fix = Fix("write `asc: true`", (Edit(last.at_end(), ", asc: true"),), "unsafe")
            self.report(rules.SORT_CRITERION, e.body.span, fixes=[fix])
        elif "by" not in names:
            self.report(rules.SORT_CRITERION, e.body.span)

    def foreign_new(self, e: n.New, expected: Type | None) -> Type | None:
        rows = habits().news.get(e.type.name)
        if not rows or e.type.name in self.vars:
            return None
        if e.type.name in ("Map", "List", "Array") and not e.object.entries:
            return self._new_collection(e, expected)
        given = e.span.text.partition("(")[2].rpartition(")")[0].strip()
        count = 1 if given else 0
        habit = next((h for h in rows if h.count in (count, None)), rows[0])
        self.fill_loosely(e.object)
        text = habit.text.replace("$1", given)
        en, zh = (f"write `{text}`", f"应写 `{text}`") if text else habit.words([])
        sure = habit.safe or ("$1" in habit.text and _ISO.fullmatch(given) is not None)
        fixes = [replace(e.span, text, safe=sure)] if text else []
        facts: Words = {"name": f"new {e.type.name}", "advice": en, "advice_zh": zh}
        self.report(rules.FOREIGN_FUNCTION, e.span, fixes=fixes, **facts)
        return UNKNOWN

    def _new_collection(self, e: n.New, expected: Type | None) -> Type:
        """`new Map<String, Long>()` and `new Array<Long>()`; without types, those of the place."""
        map_ = e.type.name == "Map"
        args = [self.annotation(arg) for arg in e.type.args]
        made = (MapOf(*args) if map_ else ListOf(*args)) if len(args) == 1 + map_ else None
        written = f"<{', '.join(arg.span.text for arg in e.type.args)}>"
        if made is None:
            made = expected if isinstance(expected, MapOf if map_ else ListOf) else None
            written = show(made).removeprefix("Map" if map_ else "List") if made else "<K, V>" if map_ else "<T>"
        text = f"nasl.util.New{'Map' if map_ else 'List'}{written}({'{}' if map_ else '[]'})"
        sure = made is not None and not isinstance(made, Unknown) and "?" not in written
        fixes = [replace(e.span, text, safe=True)] if sure else []
        facts: Words = {"name": f"new {e.type.name}", "advice": f"write `{text}`", "advice_zh": f"应写 `{text}`"}
        self.report(rules.FOREIGN_FUNCTION, e.span, fixes=fixes, **facts)
        return made or (MapOf(UNKNOWN, UNKNOWN) if map_ else ListOf(UNKNOWN))

    def fill_loosely(self, e: n.ObjectLiteral) -> None:
        """Look at a literal without a type for it, so that names in it count as used."""
        for entry in e.entries:
            self.expr(entry.value)

    def foreign_name(self, name: str, span: Span) -> Advice | None:
        habit = habits().names.get(name)
        if habit is None:
            return None
        if habit.text:
            words = (f"; write `{habit.text}`", f"，应写 `{habit.text}`")
            return Advice(*words, [replace(span, habit.text, safe=True)])
        return Advice(f": {habit.en}", f"：{habit.zh}")

    def near_function(self, name: str, span: Span) -> Advice | None:
        """The function of `nasl.util` most like a name that does not exist."""
        found = nearest(name, [f.rpartition(".")[2] for f in catalogue().names("nasl.util")], 0.66)
        if found is None:
            return None
        full = f"nasl.util.{found}"
        signature = catalogue()[full].signatures[0]
        words = (f"; did you mean `{full}`: `{signature}`?", f"，是不是 `{full}`：`{signature}`？")
        return Advice(*words, [replace(span, full)])

    def lambda_advice(self, e: n.Lambda, wanted: int) -> Advice:
        """`(item, index) => …` without the index, where it is not used."""
        kept, extra = e.params[:wanted], {p.name for p in e.params[wanted:]}
        used = any(isinstance(inner, n.Name) and inner.name in extra for inner in e.body.walk())
        if used or not kept:
            return Advice()
        rest = e.span.source.span(kept[-1].span.end, e.params[-1].span.end)
        return Advice(fixes=[Fix("leave out what is not used", (Edit(rest, ""),), "safe")])

    def count_advice(self, e: n.Call, name: str) -> Advice:
        """The usual wrong count has a habit of its own: `ListRange(0, n)` lacks its step."""
        if name in ("nasl.util.NewList", "nasl.util.NewMap") and not e.args:
            empty = "[])" if name.endswith("List") else "{})"
            return Advice(fixes=[replace(e.span, e.span.text.rstrip(")") + empty, safe=bool(e.type_args))])
        rows = habits().calls.get(name, [])
        habit = next((h for h in rows if h.count == len(e.args) and h.text), None)
        if habit is None:
            return Advice()
        text = habit.write(["", *(arg.span.text for arg in e.args)])
        return Advice(fixes=[replace(e.span, text, safe=habit.safe)])

    def foreign_entity_logic(self, e: n.Call, entity: str, method: str) -> Advice | None:
        """`insert`, `save`, `findById` …: the logic that does it."""
        logic, sure = habits().tables.get(method, (None, False))
        assert isinstance(e.callee, n.Member)
        if logic is not None:
            fixes = [replace(e.callee.name.span, logic, safe=sure)]
            return Advice(f"; write `{logic}`", f"，应写 `{logic}`", fixes)
        if method in _ALL_ROWS and not e.args:
            text = f"FROM({entity}Entity, {entity.rpartition('.')[2]} => $)"
            return Advice(f"; write `{text}`", f"，应写 `{text}`", [replace(e.span, text, safe=True)])
        if method in ("findAll", "list", "query", "select", "getAll", "where", "filter", "count", "findBy", "getList"):
            text = f"FROM({entity}Entity, {entity.rpartition('.')[2]} => $.WHERE(…))"
            return Advice(f"; rows are found by a query: `{text}`", f"；查询多行用 `{text}`")
        return None


def _in_util(path: str) -> str:
    """`util.X`, `nasl.list.X`, `nasl.string.X`: the habit is known as `nasl.util.X`."""
    head, _, last = path.rpartition(".")
    return f"nasl.util.{last}" if head == "util" or head.startswith("nasl.") else path


def _kind(owner: Type) -> str:
    if isinstance(owner, ListOf):
        return "List"
    if isinstance(owner, MapOf):
        return "Map"
    if isinstance(owner, EnumType):
        return "Enum"
    if owner in TEXTS:
        return "String"
    return _KINDS.get(show(owner), "Any")


def _unclear(e: n.Node) -> bool:
    """Is something inside broken in a way that an edit of the whole would freeze or repeat?"""
    return any(isinstance(inner, n.Hole | n.Index | n.Conditional) for inner in e.walk()) or any(
        isinstance(inner, n.Lambda) and len(inner.params) > 1 for inner in e.walk()
    )


def _path(path: str, e: n.Call) -> n.Expr:
    """The callee `nasl.util.Get` as nodes, at the place of the call it stands for."""
    first, *rest = path.split(".")
    found: n.Expr = n.Name(e.callee.span, first)
    for name in rest:
        found = n.Member(e.callee.span, found, n.Ident(e.callee.span, name))
    return found


def _criterion(e: n.Call) -> str | None:
    """`(a, b) => a.x - b.x` as a criterion of ListSort."""
    return comparison(e.args[0]) if len(e.args) == 1 and isinstance(e.args[0], n.Lambda) else None


def comparison(by: n.Lambda) -> str | None:
    """The criterion that a comparison such as `(a, b) => b.x - a.x` stands for."""
    if len(by.params) != 2 or not isinstance(by.body, n.Binary) or by.body.op != "-":
        return None
    first, second = (_key(side, by) for side in (by.body.left, by.body.right))
    if first is None or second is None or first[1] != second[1] or first[0] == second[0]:
        return None
    ascending = "true" if first[0] == by.params[0].name else "false"
    return f"({by.params[0].name}) => ({{ by: {by.params[0].name}{first[1]}, asc: {ascending} }})"


def _key(e: n.Expr, by: n.Lambda) -> tuple[str, str] | None:
    """`a.x.y` as the parameter `a` and the path `.x.y`."""
    path = dotted(e)
    if path is None:
        return None
    root, dot, rest = path.partition(".")
    return (root, dot + rest) if root in (p.name for p in by.params) else None

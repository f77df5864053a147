"""Attributes of elements: properties, directives, two-way bindings, handlers and form rules."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.form_rules import FormRules
from naslforge.lang.check.page_habits import ATTRIBUTES, CHOICES, DIRECTIVES, EVENTS, STYLES
from naslforge.lang.check.suggest import Advice, Words, dotted, hint, likely, listed, quotes, replace, say
from naslforge.lang.components import Component, Property, property_names
from naslforge.lang.scope import Local, SyncCall
from naslforge.lang.spelling import meant
from naslforge.lang.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    LONG,
    NULL,
    STRING,
    TEXT,
    TEXTS,
    TIME,
    UNKNOWN,
    VOID,
    EnumType,
    FunctionType,
    ListOf,
    Primitive,
    Type,
    Union,
    Unknown,
    fits,
    show,
)

_CODE = re.compile(r"\$sync\((?P<sync>[\w$.]+)\)|\$?\{\{?\s*(?P<path>[A-Za-z_$][\w$.]*)\s*\}\}?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PATH = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")
_DATES = (DATE, TIME, DATETIME)
_NAVIGATION = ("nasl.ui.destination", "nasl.ui.gotoLink")


class Attributes(FormRules):
    """Checks the attributes of an element, all but its slots."""

    # --- properties

    def property_of(self, e: n.Element, component: Component, a: n.Attribute) -> None:
        """A property of a known component."""
        known = component.properties.get(a.name.name)
        if known is None:
            self.value_of_unknown(a)
            self._unknown_attribute(e, component, a)
        elif known.name == "rules":
            self.rules_of(a)
        elif a.value is None:
            self._without_value(known, a)
        elif isinstance(a.value, n.Text) and not a.braced:
            self._static_text(e, component, known, a, a.value)
        else:
            self._bound(e, component, known, a)

    def _without_value(self, known: Property, a: n.Attribute) -> None:
        if not fits(BOOLEAN, known.type, self.fields_of):
            self.report(rules.MISSING_VALUE, a.span, name=known.name, wanted=wanted_of(known))

    def _static_text(self, e: n.Element, component: Component, known: Property, a: n.Attribute, text: n.Text) -> None:
        self.types[text] = STRING
        code = self._code_in(text.value)
        if code is not None:
            fixes = [replace(text.span, f"{{{code}}}", safe=True)]
            self.report(rules.CODE_IN_TEXT, text.span, instead=f"{known.name}={{{code}}}", fixes=fixes)
        elif known.choices:
            self._choice(component, known, text)
        elif known.name == "dataSource" or not self._takes_text(known.type):
            advice = self._as_value(known, text)
            facts: Words = {"name": known.name, "wanted": wanted_of(known), **advice.facts}
            self.report(rules.TEXT_ATTRIBUTE, text.span, fixes=advice.fixes, **facts)
        elif isinstance(known.type, FunctionType):
            self.field_path(e, known, text)

    def _code_in(self, text: str) -> str | None:
        """What stands in a text as Vue or a template would have it: `{{ name }}`, `{name}`, `$sync(name)`."""
        found = _CODE.fullmatch(text.strip())
        if found is None:
            return None
        path = found["sync"] or found["path"]
        known = self.scope.find(path.partition(".")[0]) is not None
        return (f"$sync({path})" if found["sync"] else path) if known else None

    def _takes_text(self, type_: Type) -> bool:
        """May a fixed text stand there? The text of a date may, in attributes."""
        members = type_.members if isinstance(type_, Union) else (type_,)
        return any(m in (*TEXTS, *_DATES, ANY) or isinstance(m, FunctionType) or show(m) in ("T", "V") for m in members)

    def _as_value(self, known: Property, text: n.Text) -> Advice:
        """`pageSize="20"` as `pageSize={20}`, `disabled="editing"` as `disabled={editing}`."""
        value = text.value.strip()
        number = _NUMBER.fullmatch(value) is not None and fits(LONG, known.type, self.fields_of)
        boolean = value in ("true", "false") and fits(BOOLEAN, known.type, self.fields_of)
        name = _PATH.fullmatch(value) is not None and self.scope.find(value.partition(".")[0]) is not None
        if number or boolean or name:
            fixes = [replace(text.span, f"{{{value}}}", safe=number or boolean)]
            return Advice(f": `{known.name}={{{value}}}`", f"：`{known.name}={{{value}}}`", fixes)
        if known.type is BOOLEAN and re.search(r"[!=<>&|]", value):
            return Advice(
                f": `{known.name}={{{value}}}`", f"：`{known.name}={{{value}}}`", [replace(text.span, f"{{{value}}}")]
            )
        return Advice()

    def _choice(self, component: Component, known: Property, text: n.Text) -> None:
        if text.value in known.choices:
            return
        found = next((c for c in known.choices if c.lower() == text.value.lower()), None)
        meant = CHOICES.get(text.value.lower())
        by_habit = meant if meant in known.choices else None
        near, sure = likely(text.value, known.choices)
        near, sure = (found, True) if found is not None else (by_habit, True) if by_habit else (near, sure)
        words = hint(near, text.span, form=quotes(text), safe=sure)
        facts: Words = {"tag": component.name, "name": known.name, "given": f"`{text.value}`", **words.near}
        self.report(
            rules.ATTRIBUTE_CHOICE, text.span, fixes=words.fixes, known=listed(filter(None, known.choices), 20), **facts
        )

    def _bound(self, e: n.Element, component: Component, known: Property, a: n.Attribute) -> None:
        value = a.value
        if is_sync(value):
            assert isinstance(value, n.Call)
            self._sync(e, component, known, value)
        elif isinstance(value, n.Lambda):
            self._lambda(e, known, a, value)
        elif isinstance(value, n.Function | n.HandlerList):
            self.odd_value(a, "a function", "函数")
        elif isinstance(value, n.SlotTemplate | n.Element | n.Fragment):
            self.odd_value(a, "an element", "元素")
        elif isinstance(value, n.Call) and dotted(value.callee) in _NAVIGATION:
            self.types[value] = self.one_expr(value, None)
        elif value is not None:
            self._expression(e, component, known, a, value)

    def _expression(self, e: n.Element, component: Component, known: Property, a: n.Attribute, value: n.Expr) -> None:
        assert self.page is not None
        if known.name == "dataSource" and (path := dotted(value)) in self.enums:
            made = f"nasl.util.EnumToList<{path}>()"
            words: Words = {"what": "an enum", "what_zh": "枚举", **say(made).facts}
            self.report(rules.NOT_A_VALUE, value.span, name=path, fixes=[replace(value.span, made, safe=True)], **words)
            self.types[value] = UNKNOWN
            return
        if known.name == "dataSource":
            given = self.value(value, ListOf(ANY) if isinstance(value, n.ListLiteral) and not value.items else None)
            self.types[value] = given
            return
        wanted = self.of_element(known.type, e)
        given = self.value(value, None if isinstance(wanted, FunctionType) else wanted)
        if known.name == "value" and e not in self.page.values:
            self.page.values[e] = given
        if isinstance(value, n.Text) and known.choices:
            self._choice(component, known, value)
        elif isinstance(value, n.Text) and isinstance(wanted, FunctionType):
            self.field_path(e, known, value)
        elif not self._shown_as_text(wanted, given) and not isinstance(wanted, FunctionType):
            facts: Words = {"name": known.name, "tag": component.name}
            shown = STRING if wanted is TEXT else wanted
            self.fit(value, given, shown, rule=rules.ATTRIBUTE_TYPE, **facts)

    def _shown_as_text(self, wanted: Type, given: Type) -> bool:
        """A property that only shows a text takes any simple value, as `ToString` does."""
        return wanted is TEXT and (isinstance(given, Primitive | EnumType) and given is not VOID)

    def _lambda(self, e: n.Element, known: Property, a: n.Attribute, value: n.Lambda) -> None:
        wanted = self.of_element(known.type, e)
        if isinstance(wanted, FunctionType):
            self.lambda_body(value, wanted.params, None)
        else:
            self.lambda_body(value, tuple(UNKNOWN for _ in value.params), None)
            self.odd_value(a, "a lambda", " lambda ")

    def odd_value(self, a: n.Attribute, what: str, what_zh: str) -> None:
        """Something that this attribute cannot hold."""
        assert a.value is not None
        self.report(rules.ATTRIBUTE_CONTENT, a.value.span, name=a.name.name, what=what, what_zh=what_zh, **_NO_ADVICE)

    def value_of_unknown(self, a: n.Attribute) -> None:
        """Look at a value of which nothing is known, so that names in it count as used."""
        value = a.value
        if is_sync(value):
            assert isinstance(value, n.Call)
            self.sync_path(value)
        elif isinstance(value, n.Lambda):
            self.lambda_body(value, tuple(UNKNOWN for _ in value.params), None)
        elif isinstance(value, n.Call) and dotted(value.callee) in _NAVIGATION:
            self.types[value] = self.one_expr(value, None)
        elif isinstance(value, n.ListLiteral | n.ObjectLiteral):
            self.value(value, ANY)
        elif value is not None and not isinstance(
            value, n.Function | n.HandlerList | n.SlotTemplate | n.Element | n.Fragment
        ):
            self.value(value)

    def loosely(self, e: n.Expr) -> None:
        """Look at an expression that stands in a wrong place, so that names in it count as used."""
        if isinstance(e, n.Lambda):
            self.lambda_body(e, tuple(UNKNOWN for _ in e.params), None)
        else:
            self.expr(e, ANY)

    # --- two-way

    def sync_path(self, call: n.Call) -> Type:
        """The type of what `$sync(path)` names; reports what cannot be written."""
        target = call.args[0] if len(call.args) == 1 else None
        given = self.value(target) if target is not None else UNKNOWN
        self.calls[call] = SyncCall()
        self.types[call] = given
        root = target
        while isinstance(root, n.Member):
            root = root.object
        local = self.refs.get(root) if isinstance(root, n.Name) else None
        if isinstance(local, Local) and isinstance(target, n.Name | n.Member):
            if local.kind == "page" or isinstance(target, n.Member):
                return given
            what = ("data of a slot, which cannot be replaced", "插槽数据，不能整个替换")
        elif target is None:
            what = ("nothing", "空的")
        elif isinstance(given, Unknown) or self._writable_path(target):
            return given
        else:
            what = ("an expression", "表达式")
        self.report(rules.SYNC_TARGET, (target or call).span, what=what[0], what_zh=what[1])
        return UNKNOWN

    def _writable_path(self, e: n.Expr) -> bool:
        """A variable of the frontend, or a property behind one."""
        return isinstance(e, n.Name | n.Member) and dotted(e) is not None and not isinstance(
            self.types.get(e), FunctionType
        )  # fmt: skip

    def _sync(self, e: n.Element, component: Component, known: Property, call: n.Call) -> None:
        assert self.page is not None
        given = self.sync_path(call)
        if known.name in ("value", "values"):
            item = given.item if known.name == "values" and isinstance(given, ListOf) else given
            self.page.values.setdefault(e, self._single(known.type, item))
        if not known.sync:
            inner = call.args[0].span.text if len(call.args) == 1 else "…"
            fixes = [replace(call.span, inner, safe=True)] if call.args else []
            advice = Advice(f"; write `{known.name}={{{inner}}}`", f"，应写 `{known.name}={{{inner}}}`")
            facts: Words = {"tag": component.name, "name": known.name, **advice.facts}
            self.report(rules.SYNC_PROPERTY, call.span, fixes=fixes, **facts)
        elif call.args:
            self._sync_type(e, component, known, call, given)
            self._open_type(known, call.args[0])

    def _open_type(self, known: Property, target: n.Expr) -> None:
        """A variable without a type that only a component writes has the type of the property."""
        local = self.refs.get(target)
        declared = local.declared if isinstance(local, Local) else target
        untyped = self.open_types(declared)
        if untyped is not None and isinstance(declared, n.Let) and untyped[declared] is None:
            untyped[declared] = known.type if isinstance(known.type, Primitive) else None

    def _single(self, declared: Type, given: Type) -> Type:
        """What V is when a list of V is bound."""
        lists = isinstance(declared, Union) and any(isinstance(m, ListOf) for m in declared.members)
        return given.item if lists and isinstance(given, ListOf) else given

    def _sync_type(self, e: n.Element, component: Component, known: Property, call: n.Call, given: Type) -> None:
        wanted = self.of_element(known.type, e)
        both = fits(given, wanted, self.fields_of) or fits(wanted, given, self.fields_of)
        if both or given in (NULL, ANY) or (wanted is DECIMAL and given is LONG):
            return
        advice = self._other_component(given)
        facts: Words = {"tag": component.name, "wanted": f"`{show(wanted)}`", "given": f"`{show(given)}`"}
        self.report(rules.SYNC_TYPE, call.args[0].span, path=call.args[0].span.text, **facts, **advice.facts)

    def _other_component(self, given: Type) -> Advice:
        """The component that edits values of this type."""
        found = {
            "Long": "UNumberInput", "Decimal": "UNumberInput", "Boolean": "USwitch", "Date": "UDatePicker",
            "DateTime": "UDateTimePicker", "Time": "UTimePicker", "String": "UInput",
        }.get(show(given))  # fmt: skip
        if isinstance(given, EnumType):
            found = "USelect"
        return Advice(f"; use `{found}` for it", f"，应使用 `{found}`") if found else Advice()

    # --- paths into a row

    def field_path(self, e: n.Element, known: Property, text: n.Text) -> None:
        """`textField="order.orderNo"`: a path from the row."""
        assert self.page is not None and isinstance(known.type, FunctionType)
        if not known.type.params or show(known.type.params[0]) != "T":
            return
        at: Type = self.page.rows.get(e, UNKNOWN)
        parts = text.value.split(".")
        for i, name in enumerate(parts):
            fields = dict(self.fields_of(at) or ())
            if not fields:
                return
            if name not in fields:
                near, sure = likely(name, fields)
                fixed = ".".join([*parts[:i], near, *parts[i + 1 :]]) if near else None
                words = hint(fixed, text.span, form=quotes(text), safe=sure)
                facts: Words = {"name": text.value, "known": listed(fields)}
                self.report(rules.UNKNOWN_FIELD_PATH, text.span, fixes=words.fixes, **facts, **words.near)
                return
            at = fields[name]

    # --- directives and styles

    def directive(self, a: n.Attribute) -> None:
        """`_if={…}`, `_auth="…"`, `_color={…}`."""
        name = a.name.name
        if name in ("_if", "_show") and a.braced and is_expr(a.value):
            self.condition(a.value, f"`{name}`", f"`{name}`")  # type: ignore[arg-type]
            return
        wanted = DIRECTIVES.get(name)
        if wanted is BOOLEAN and isinstance(a.value, n.Text) and not a.braced:
            advice = self._as_value(Property(name, BOOLEAN), a.value)
            facts: Words = {"name": name, "wanted": "`Boolean`", **advice.facts}
            self.report(rules.TEXT_ATTRIBUTE, a.value.span, fixes=advice.fixes, **facts)
            return
        self.value_of_unknown(a)
        if wanted is None and name.removeprefix("_") not in STYLES:
            near, sure = likely(name, [*DIRECTIVES, *(f"_{style}" for style in STYLES)], 0.7)
            if near is not None:
                words = hint(near, a.name.span, safe=sure)
                self.report(rules.UNKNOWN_DIRECTIVE, a.name.span, name=name, fixes=words.fixes, **words.near)

    # --- names that do not exist

    def _unknown_attribute(self, e: n.Element, component: Component, a: n.Attribute) -> None:
        name = a.name.name
        if name[:2].lower() == "on" and len(name) > 3 and (event := self.event_meant(component, name))[0]:
            self.unknown_event(component, a, *event)
            return
        habit = next((p for p in ATTRIBUTES.get(name, ()) if p in (*component.properties, "class", "ref")), None)
        near: str | None
        if habit is not None and meant(name, component.properties) is None:
            near, sure = habit, self._takes(e, component, a, habit)
        else:
            near, sure = likely(name, component.properties)
            if not sure and name in property_names():
                self.report(rules.UNLISTED_PROPERTY, a.name.span, tag=component.name, name=name)
                return
        words = hint(near, a.name.span, safe=sure)
        self.report(
            rules.UNKNOWN_ATTRIBUTE, a.name.span, tag=component.name, name=name, fixes=words.fixes, **words.near
        )  # fmt: skip

    def _takes(self, e: n.Element, component: Component, a: n.Attribute, name: str) -> bool:
        """May the value of an attribute stand in the property `name`, which the element has not been given yet?"""
        known = component.properties.get(name)
        if known is None or any(other.name.name == name for other in e.attributes):
            return False
        if isinstance(a.value, n.Text) and not a.braced:
            right = a.value.value in known.choices if known.choices else self._takes_text(known.type)
            return right and not isinstance(known.type, FunctionType)
        given = self.types.get(a.value) if a.value is not None else BOOLEAN  # type: ignore[arg-type]
        if given is None or isinstance(given, Unknown) or (is_sync(a.value) and not known.sync):
            return False
        wanted = self.of_element(known.type, e)
        return not known.choices and (fits(given, wanted, self.fields_of) or self._shown_as_text(wanted, given))

    def event_meant(self, component: Component, name: str) -> tuple[str | None, bool]:
        """The event that a name in another case, of another library or misspelt stands for, and whether it must."""
        habit = next((event for event in EVENTS.get(name, ()) if event in component.events), None)
        near, sure = likely(name, component.events, 0.7)
        return (near, sure) if sure or habit is None else (habit, True)

    def unknown_event(self, component: Component, a: n.Attribute, near: str | None, sure: bool) -> None:
        words = hint(near, a.name.span, safe=sure)
        facts: Words = {"tag": component.name, "name": a.name.name, "known": listed(component.events)}
        self.report(rules.UNKNOWN_EVENT, a.name.span, fixes=words.fixes, **facts, **words.near)


_NO_ADVICE: Words = {"advice": "", "advice_zh": ""}


def is_sync(value: object) -> bool:
    """Is it `$sync(…)`?"""
    return isinstance(value, n.Call) and isinstance(value.callee, n.Name) and value.callee.name == "$sync"


def is_expr(value: object) -> bool:
    return value is not None and not isinstance(
        value, n.Function | n.HandlerList | n.SlotTemplate | n.Element | n.Fragment
    )


def wanted_of(known: Property) -> str:
    """The type of a property for a message."""
    return "`List`" if known.name == "dataSource" else f"`{show(STRING if known.type is TEXT else known.type)}`"

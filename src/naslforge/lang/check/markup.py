"""The tree of elements of a page: components, slots and their data, events, what stands inside what."""

from abc import abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.attributes import Attributes, is_expr
from naslforge.lang.check.facts import Scope, type_vars
from naslforge.lang.check.page_habits import TAGS
from naslforge.lang.check.suggest import Advice, Words, dotted, hint, likely, listed, near_name, replace
from naslforge.lang.components import Component, components, is_foreign, plain_names
from naslforge.lang.diagnostics import Edit, Fix, Label
from naslforge.lang.scope import Local
from naslforge.lang.source import Span
from naslforge.lang.types import (
    ANY,
    NULL,
    STRING,
    UNKNOWN,
    Anonymous,
    Entity,
    ListOf,
    Structure,
    Type,
    Unknown,
    fits,
    show,
)

# A component and those around it, one of which it needs.
_INSIDE = {
    "UTableViewColumn": ("UTableView", "UTableViewColumnGroup"),
    "UTableViewColumnGroup": ("UTableView",),
    "UTableViewColumnDynamic": ("UTableView", "UTableViewColumnGroup"),
    "USelectItem": ("USelect", "USelectGroup"),
    "USelectGroup": ("USelect",),
    "URadio": ("URadios",),
    "UTab": ("UTabs",),
    "UCollapseItem": ("UCollapse",),
    "UGridLayoutRow": ("UGridLayout",),
    "UGridLayoutColumn": ("UGridLayoutRow",),
    "UInfoListItem": ("UInfoList", "UInfoListGroup"),
    "UDropdownItem": ("UDropdown", "UDropdownGroup"),
}
_ELEMENTS = (n.SlotTemplate, n.Element, n.Fragment)
_PLAIN = ("ref", "style", "class")


class Markup(Attributes):
    """Checks elements, from the outside in."""

    deferred: list[tuple[n.Function, Scope, Type]]  # handlers written in place, looked at after all elements

    # --- one element

    def element(self, e: n.Element, around: tuple[n.Element, ...]) -> None:
        """An element inside those `around` it, the outermost first."""
        assert self.page is not None
        component = components().get(e.tag.name)
        if component is None:
            component = self._unknown_component(e)
        outer = self.page.own
        self.page.own = e
        self._rows(e, component, around)
        if component is not None:
            self._place(e, around)
        seen: dict[str, n.Attribute] = {}
        for a in sorted(e.attributes, key=_when):
            if a.name.name in seen:
                label = Label(seen[a.name.name].name.span, "first here", "首次出现在这里")
                self.report(rules.REPEATED_ATTRIBUTE, a.name.span, labels=[label], name=a.name.name)
            seen.setdefault(a.name.name, a)
            self._attribute(e, component, a, around)
        self.page.own = outer
        self._content(e, component, around)

    def _attribute(
        self, e: n.Element, component: Component | None, a: n.Attribute, around: tuple[n.Element, ...]
    ) -> None:
        name = a.name.name
        if component is not None and name in component.properties:
            self.property_of(e, component, a)
            if name == "dataSource" and a.braced:
                self._row_from(e, component, a)
        elif name == "ref":
            self._ref(a)
        elif name in _PLAIN or name == "$dynamicStyle":
            self.value_of_unknown(a)
        elif name.startswith("$"):
            self.value_of_unknown(a)
            sync = f"value={{$sync({a.value.span.text})}}" if name == "$sync" and a.value is not None else None
            words = hint(sync, a.span) if sync else near_name(name, ["$dynamicStyle"], a.name.span)
            self.report(rules.UNKNOWN_DIRECTIVE, a.name.span, name=name, fixes=words.fixes, **words.near)
        elif name.startswith("_"):
            self.directive(a)
        elif isinstance(a.value, _ELEMENTS) or (name.startswith("slot") and name[4:5].isupper()):
            self._slot(e, component, a, around)
        elif name.startswith("on") and name[2:3].isupper():
            self._event(e, component, a)
        elif component is not None:
            self.property_of(e, component, a)
        else:
            self.value_of_unknown(a)

    def _ref(self, a: n.Attribute) -> None:
        if isinstance(a.value, n.Text):
            self.types[a.value] = STRING
            if a.braced:
                return
        if not isinstance(a.value, n.Text | n.Hole):
            name = a.value.name if isinstance(a.value, n.Name) else None
            advice = Advice(f'; write `ref="{name}"`', f'，应写 `ref="{name}"`') if name else Advice()
            fixes = [replace(a.span, f'ref="{name}"', safe=True)] if name else []
            self.report(rules.REF_TEXT, a.span, name=name or "", fixes=fixes, **advice.facts)

    # --- which component

    def _unknown_component(self, e: n.Element) -> Component | None:
        """Report a tag that names no component; what is surely meant, so that attributes can be looked at."""
        tag = e.tag.name
        if is_foreign(tag) or (tag in plain_names() and not self._mixed()):
            return None
        prefixed = f"U{tag}" if f"U{tag}" in components() else None
        by_case = next((name for name in components() if name.lower() in (tag.lower(), f"u{tag.lower()}")), None)
        meant = TAGS.get(tag) or prefixed or by_case
        near, sure = (meant, True) if meant else likely(tag, components(), 0.7)
        if near is None and any(name.startswith("extensions.") for name in self.symbols.by_name):
            return None  # a library of components, which has no declaration in text
        self._report_tag(e, near, hint(near).near, sure=sure)
        return components()[by_case] if by_case else None

    def _mixed(self) -> bool:
        """Are there components with the prefix `U` in this page?"""
        assert self.page is not None and self.page.view.root is not None
        return any(isinstance(e, n.Element) and e.tag.name in components() for e in self.page.view.root.walk())

    def _report_tag(self, e: n.Element, instead: str | None, facts: Words, *, sure: bool = False) -> None:
        fixes = [self._renamed(e, instead, sure)] if instead else []
        self.report(rules.UNKNOWN_COMPONENT, e.tag.span, name=e.tag.name, fixes=fixes, **facts)

    def _renamed(self, e: n.Element, tag: str, sure: bool) -> Fix:
        """Another tag, at both ends; safe where every attribute is one of the new component."""
        edits = [Edit(e.tag.span, tag)]
        closing = f"</{e.tag.span.text}>".encode()
        data = e.span.source.data
        at = data.rfind(b"</", e.span.start, e.span.end)
        if at > e.tag.span.end and b"".join(data[at : e.span.end].split()) == closing:
            edits.append(Edit(e.span.source.span(at, e.span.end), f"</{tag}>"))
        component = components()[tag]
        known = {*component.properties, *component.events, *_PLAIN}
        fitting = all(a.name.name in known or a.name.name.startswith(("_", "$")) for a in e.attributes)
        fitting = fitting and (not e.content or "default" in component.slots)
        return Fix(f"write `<{tag}>`", tuple(edits), "safe" if sure and fitting else "unsafe")

    def _place(self, e: n.Element, around: tuple[n.Element, ...]) -> None:
        """Some components stand only inside others."""
        wanted = _INSIDE.get(e.tag.name)
        if wanted is None or any(o.tag.name in wanted or o.tag.name not in components() for o in around):
            return
        given = (f"`{around[-1].tag.name}`",) * 2 if around else ("the root of a page", "页面根部")
        shown = " or ".join(f"`{name}`" for name in wanted)
        zh = "或".join(f"`{name}`" for name in wanted)
        facts: Words = {"wanted": shown, "wanted_zh": zh, "given": given[0], "given_zh": given[1]}
        self.report(rules.MISPLACED_COMPONENT, e.tag.span, tag=e.tag.name, **facts)

    # --- rows

    def _rows(self, e: n.Element, component: Component | None, around: tuple[n.Element, ...]) -> None:
        """What T is at first: a row of the data around; of its own data nothing is known yet."""
        assert self.page is not None
        given = any(a.name.name == "dataSource" for a in e.attributes)
        own = given if component is None else shows_rows(component)
        self.page.rows[e] = self.page.rows.get(around[-1], UNKNOWN) if around and not own else UNKNOWN

    def _row_from(self, e: n.Element, component: Component, source: n.Attribute) -> None:
        """T from the data that is bound."""
        assert self.page is not None
        if not shows_rows(component) or not is_expr(source.value):
            return
        given = self.types.get(source.value, UNKNOWN)  # type: ignore[arg-type]
        row = self._row_of(given)
        if row is None:
            advice = self._data_advice(source.value, given)
            facts: Words = {"given": f"`{show(given)}`", **advice.facts}
            self.report(rules.DATA_SOURCE, source.value.span, fixes=advice.fixes, **facts)  # type: ignore[union-attr]
        self.page.rows[e] = UNKNOWN if row is None or row is ANY else row

    def _row_of(self, given: Type) -> Type | None:
        """The type of a row of a list or a page of one; None for other types."""
        if isinstance(given, Unknown) or given in (ANY, NULL):
            return UNKNOWN
        if isinstance(given, ListOf):
            return given.item
        if isinstance(given, Structure) and given.name == "nasl.collection.PageOf":
            return given.args[0] if given.args else UNKNOWN
        fields = dict(self.fields_of(given) or ())
        inner = fields.get("list", fields.get("content"))
        return inner.item if isinstance(inner, ListOf) else None

    def _data_advice(self, value: object, given: Type) -> Advice:
        if isinstance(value, n.Name | n.Member | n.Call) and isinstance(given, Structure | Entity | Anonymous):
            text = f"[{value.span.text}]"
            return Advice(f"; write `{text}` for one row", f"，只有一行时写 `{text}`", [replace(value.span, text)])
        return Advice()

    # --- events

    def _event(self, e: n.Element, component: Component | None, a: n.Attribute) -> None:
        assert self.page is not None
        given: Type = UNKNOWN
        name = a.name.name
        if component is not None and name not in component.events:
            self.unknown_event(component, a, *self.event_meant(component, name))
        elif component is not None:
            given = self.of_element(component.events[name], e)
        value = a.value
        given = UNKNOWN if given is ANY else given
        if isinstance(value, n.HandlerList):
            for item in value.items:
                self.handler(item, given, a)
        elif isinstance(value, n.SlotTemplate | n.Element | n.Fragment):
            self.odd_value(a, "an element", "元素")
        else:
            self.handler(value, given, a)

    def handler(self, item: "n.Expr | n.Function | None", event: Type, a: n.Attribute | n.LifecycleEntry) -> None:
        """A handler written in place, or the name of a page logic."""
        if isinstance(item, n.Function):
            self.deferred.append((item, self.scope, event))
            self._one_parameter(item, item.name.span)
        elif isinstance(item, n.Name) and self.page is not None and item.name in self.page.logics:
            self._page_logic_as_handler(item, event)
        elif not isinstance(item, n.Hole):
            self._odd_handler(item, a)

    def _one_parameter(self, function: n.Function, at: Span) -> None:
        needed = [p for p in function.params if p.default is None]
        if len(needed) > 1:
            facts: Words = {"name": function.name.name, "given": len(needed)}
            self.report(rules.HANDLER_PARAMETERS, at, advice="", advice_zh="", **facts)

    def _page_logic_as_handler(self, item: n.Name, event: Type) -> None:
        assert self.page is not None
        function = self.page.logics[item.name].node
        assert isinstance(function, n.Function)
        self.used.add(function)
        self._one_parameter(function, item.span)
        first = function.params[0] if function.params else None
        if first is not None and first.type is None:
            known = self.page.events.get(function)
            self.page.events[function] = event if known in (None, event) else ANY
        elif first is not None and not fits(event, self.names.get(first, UNKNOWN), self.fields_of):
            wanted = show(self.names[first])
            name = self.fresh_name(f"call{item.name[:1].upper()}{item.name[1:]}")
            text = f"function {name}(event) {{ {item.name}(…); }}"
            advice = Advice(f"; write `{text}`", f"，应写 `{text}`")
            what = (f"a logic that wants `{wanted}`", f"需要 `{wanted}` 的逻辑")
            self.report(rules.EVENT_HANDLER, item.span, what=what[0], what_zh=what[1], **advice.facts)

    def _odd_handler(self, item: "n.Expr | None", a: n.Attribute | n.LifecycleEntry) -> None:
        """A logic of the server, an unknown name or a value in the place of a handler."""
        if item is None:
            self._report_handler(a.span, "nothing", "空的")
            return
        path = dotted(item) or ""
        if isinstance(item, n.Name | n.Member) and (declared := self._outer_logic(path)) is not None:
            last = path.rpartition(".")[2]
            name = self.fresh_name(f"call{last[:1].upper()}{last[1:]}")
            text = f"function {name}(event) {{ {declared}(); }}"
            self._report_handler(item.span, "a logic from outside the page", "页面之外的逻辑", text)
        elif isinstance(item, n.Name):
            assert self.page is not None
            near = near_name(item.name, self.page.logics, item.span)
            if not near.en:
                text = f"function {item.name}(event) {{ … }}"
                near = Advice(f"; declare `{text}`", f"，应声明 `{text}`")
            self.report(rules.UNKNOWN_HANDLER, item.span, name=item.name, fixes=near.fixes, **near.near)
        else:
            self.loosely(item)
            self._report_handler(item.span, "a value", "值")

    def _outer_logic(self, path: str) -> str | None:
        declared = self.logic_of_page(path) or self.symbols.by_name.get(path)
        return declared.name if declared is not None and isinstance(declared.node, n.Function) else None

    def _report_handler(self, span: Span, what: str, what_zh: str, text: str = "") -> None:
        advice = Advice(f"; write `{text}`", f"，应写 `{text}`") if text else Advice()
        fixes = [replace(span, text)] if text else []
        self.report(rules.EVENT_HANDLER, span, what=what, what_zh=what_zh, fixes=fixes, **advice.facts)

    # --- slots and content

    def _slot(self, e: n.Element, component: Component | None, a: n.Attribute, around: tuple[n.Element, ...]) -> None:
        written = a.name.name
        name = written[4:5].lower() + written[5:] if written[:4].lower() == "slot" else written
        right = written == f"slot{name[:1].upper()}{name[1:]}"
        if component is not None and not (right and name in component.slots):
            near, sure = (name, True) if name in component.slots else likely(name, component.slots)
            words = hint(f"slot{near[:1].upper()}{near[1:]}" if near else None, a.name.span, safe=sure)
            facts: Words = {"tag": component.name, "name": name, "known": listed(component.slots)}
            self.report(rules.UNKNOWN_SLOT, a.name.span, fixes=words.fixes, **facts, **words.near)
            name = near or name
        value = a.value
        with self.block():
            if isinstance(value, n.SlotTemplate):
                self._slot_data(e, component, name, value)
                value = value.body
            if isinstance(value, n.Element):
                self.element(value, (*around, e))
            elif isinstance(value, n.Fragment):
                self.contents(value.content, (*around, e))
            elif not isinstance(value, n.Hole):
                self._odd_slot(a)

    def _slot_data(self, e: n.Element, component: Component | None, name: str, slot: n.SlotTemplate) -> None:
        """Bring `current` into view."""
        assert self.page is not None
        given = component is None or component.slots.get(name, True)
        if slot.params and not given and component is not None:
            start = slot.span.source.span(slot.span.start, slot.body.span.start)
            fix = Fix("leave the parameter out", (Edit(start, ""),), "unsafe")
            self.report(rules.SLOT_WITHOUT_DATA, slot.params[0].span, tag=component.name, name=name, fixes=[fix])
        for param in slot.params:
            taken = self.scope.find(param.name)
            if isinstance(taken, Local) and taken.kind == "slot":
                label = Label(taken.declared.span, "the slot around", "外层插槽")
                self.report(rules.NESTED_CURRENT, param.span, labels=[label], name=param.name)
            known = component is not None and given
            type_ = Structure("nasl.ui.Current", (self.page.rows.get(e, UNKNOWN),)) if known else UNKNOWN
            self.names[param] = type_
            self.scope.names[param.name] = Local(param.name, "slot", param, type_)

    def _odd_slot(self, a: n.Attribute) -> None:
        """Nothing or a function instead of an element; texts and values are told by the lowering."""
        if is_expr(a.value):
            self.loosely(a.value)  # type: ignore[arg-type]
            return
        what = ("nothing", "空的") if a.value is None else ("a function", "函数")
        self.report(rules.SLOT_CONTENT, a.span, what=what[0], what_zh=what[1], **Advice().facts)

    def _content(self, e: n.Element, component: Component | None, around: tuple[n.Element, ...]) -> None:
        inner = [part for part in e.content if isinstance(part, n.Element)]
        if inner and component is not None and "default" not in component.slots:
            advice = self._content_advice(component)
            self.report(rules.NO_CONTENT, inner[0].tag.span, tag=component.name, **advice.facts)
        self.contents(e.content, (*around, e))

    def _content_advice(self, component: Component) -> Advice:
        if "cell" in component.slots:
            text = "slotCell={(current) => <UText text={current.item.…}></UText>}"
            return Advice(f"; what a cell shows is `{text}`", f"，单元格的内容写作 `{text}`")
        if "item" in component.slots:
            text = "slotItem={(current) => …}" if component.slots["item"] else "slotItem={…}"
            return Advice(f"; use `{text}`", f"，应使用 `{text}`")
        if "text" in component.properties:
            return Advice("; its text is the property `text`", "，文字用属性 `text`")
        return Advice()

    def contents(self, content: "tuple[n.Element | n.Comment | n.Hole, ...]", around: tuple[n.Element, ...]) -> None:
        """The elements of a slot."""
        for part in content:
            if isinstance(part, n.Element):
                self.element(part, around)

    # --- in the file below

    @abstractmethod
    def fresh_name(self, wish: str) -> str: ...


def shows_rows(component: Component) -> bool:
    """Does its `dataSource` say what T is?"""
    known = component.properties.get("dataSource")
    return known is not None and "T" in type_vars(known.type)


def _when(a: n.Attribute) -> int:
    """Data first, then what the value is, handlers and slots last."""
    name = a.name.name
    if name in ("dataSource", "value", "values"):
        return 0 if name == "dataSource" else 1
    return 3 if name.startswith("slot") else 2

"""What a page adds to names and calls: page logics, `$refs` and `elements`, and the line between page and server."""

import re
from dataclasses import replace as changed

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import Overload
from naslforge.lang.check.calls import Target
from naslforge.lang.check.facts import substitute
from naslforge.lang.check.names import ELEMENT_ROOTS
from naslforge.lang.check.page_habits import FUNCTIONS, GLOBALS, METHODS
from naslforge.lang.check.stmts import Statements
from naslforge.lang.check.suggest import Advice, Words, hint, listed, near_name, replace, say, wrap
from naslforge.lang.check.variables import without_semicolon
from naslforge.lang.components import Component, components, validations
from naslforge.lang.diagnostics import Edit, Fix, Rule
from naslforge.lang.scope import Declared, ElementCall, ElementRef, ElementState
from naslforge.lang.types import ANY, BOOLEAN, LONG, STRING, UNKNOWN, Anonymous, Structure, Type, fits

_DOM = ("target", "currentTarget", "preventDefault", "stopPropagation", "srcElement", "detail", "nativeEvent")
_PAGES = (".views", ".frontends.")
_CLIENT = ("nasl.ui.", "nasl.browser.", "nasl.js.")
_SERVER = {"nasl.auth.getCurrentUser": "nasl.auth.userInfo"}
# What an element with data knows of itself.
_DATA_STATES: dict[str, Type] = {"page": LONG, "size": LONG, "sort": STRING, "order": STRING, "filterText": STRING}


class Elements(Statements):
    """Resolves what only a page knows."""

    def in_page(self) -> bool:
        return any(part in f"{self.namespace}." for part in _PAGES)

    # --- names

    def name_of_page(self, e: n.Name) -> Type | None:
        """The report for a name that means something on pages, but is no value; None for other names."""
        if self.page is not None and e.name in self.page.logics:
            words: Words = {"what": "a page logic", "what_zh": "页面逻辑", **say(f"{e.name}(…)").facts}
            self.report(rules.NOT_A_VALUE, e.span, name=e.name, **words)
            return UNKNOWN
        if self.page is not None and e.name in GLOBALS:
            en, zh = GLOBALS[e.name]
            self.report(rules.FOREIGN_GLOBAL, e.span, name=e.name, advice=f": {en}", advice_zh=f"：{zh}")
            return UNKNOWN
        if self.page is not None and e.name in ("current", "scope", "row", "record"):
            instead = f"slotDefault={{({e.name}) => …}}"
            self.report(rules.CURRENT_OUTSIDE, e.span, name=e.name, instead=instead)
            return UNKNOWN
        if e.name not in ELEMENT_ROOTS:
            page = self._page_called(e.name) if self.page is not None else None
            if page is not None:
                fixes = [replace(e.span, f"'{route(page.name)}'", safe=True)]
                self.report(rules.PAGE_NAME_TEXT, e.span, fixes=fixes)
            return UNKNOWN if page is not None else None
        if self.page is None:
            self.report(rules.ELEMENTS_OUTSIDE, e.span, name=e.name)
        else:
            words = {"what": "no element yet", "what_zh": "尚未指明的元素", **say(f"{e.name}.name").facts}
            self.report(rules.NOT_A_VALUE, e.span, name=e.name, **words)
        return UNKNOWN

    def member_of_elements(self, e: n.Member, path: str) -> Type:
        """`$refs.table`, `elements.$ce.page`, and what stands behind them."""
        root, *rest = path.split(".")
        if self.page is None:
            if len(rest) == 1:
                self.report(rules.ELEMENTS_OUTSIDE, e.span.source.span(e.span.start, e.object.span.end), name=root)
            else:
                self.value(e.object)
            return UNKNOWN
        if len(rest) == 1:
            return self._element_named(e, root, rest[0])
        owner = self.value(e.object)
        ref = self.refs.get(e.object)
        return self._element_state(e, ref.element) if isinstance(ref, ElementRef) else self.property(e, owner)

    def _element_named(self, e: n.Member, root: str, name: str) -> Type:
        assert self.page is not None
        own = name == "$ce" and root == "elements"
        element = self.page.own if own else self.page.refs.get(name)
        if element is not None:
            self.refs[e] = ElementRef(name, element)
            self.used.add(element)
            return Structure(f"nasl.ui.{element.tag.name}")
        if own:
            self.report(rules.OWN_ELEMENT_OUTSIDE, e.span)
        else:
            near = near_name(name, self.page.refs, e.name.span)
            self.report(rules.UNKNOWN_REF, e.name.span, name=name, fixes=near.fixes, **near.near)
        return UNKNOWN

    # --- what can be read of an element

    def _element_state(self, e: n.Member, element: n.Element) -> Type:
        component, name = components().get(element.tag.name), e.name.name
        if component is None:
            return ANY
        states = {**component.states, **(_DATA_STATES if component.has_rows else {})}
        if name in states:
            self.refs[e] = ElementState(element, name)
            return self.of_element(states[name], element)
        if name in component.methods:
            fix = Fix(f"write `{name}()`", (Edit(e.span.at_end(), "()"),), "unsafe")
            self.report(rules.METHOD_WITHOUT_CALL, e.name.span, tag=component.name, name=name, fixes=[fix])
        else:
            near = near_name(name, states, e.name.span)
            tag = component.name
            self.report(rules.UNKNOWN_ELEMENT_STATE, e.name.span, tag=tag, name=name, fixes=near.fixes, **near.near)
        return UNKNOWN

    def of_element(self, type_: Type, element: n.Element) -> Type:
        """A type of a component's row with T and V as they are for this element."""
        assert self.page is not None
        rows, values = self.page.rows.get(element, UNKNOWN), self.page.values.get(element, UNKNOWN)
        return substitute(type_, {"T": rows, "V": values})

    # --- calls

    def logic_of_page(self, path: str) -> Declared | None:
        """A page logic by its name; from a page, logics of the frontend and of the server need no prefix either."""
        if self.page is None or "." in path:
            return None
        frontend = self.page.name.partition(".views.")[0]
        others = (self.symbols.by_name.get(f"{namespace}.{path}") for namespace in (f"{frontend}.logics", "app.logics"))
        return self.page.logics.get(path) or next((d for d in others if d and isinstance(d.node, n.Function)), None)

    def call_on_page(self, e: n.Call, path: str, expected: Type | None) -> Type:
        """`$refs.table.reload()`; `$sync(…)` that is not the value of an attribute."""
        root, *rest = path.split(".")
        if root == "$sync":
            self.report(rules.SYNC_PLACE, e.callee.span)
            self.loose(e)
            return UNKNOWN
        if self.page is None or len(rest) < 2:
            self.value(e.callee)
            self.loose(e)
            return UNKNOWN
        assert isinstance(e.callee, n.Member)
        owner = self.value(e.callee.object)
        ref = self.refs.get(e.callee.object)
        if isinstance(ref, ElementRef):
            return self._element_method(e, e.callee, root, ref.element, expected)
        return self.foreign_method(e, e.callee, owner)

    def _element_method(
        self, e: n.Call, callee: n.Member, root: str, element: n.Element, expected: Type | None
    ) -> Type:
        component, name = components().get(element.tag.name), callee.name.name
        if component is None or name not in component.methods:
            self.loose(e)
            if component is not None:
                self._unknown_method_of(callee, component)
            return ANY if component is None else UNKNOWN
        if root == "elements":
            start = callee.span.source.span(callee.span.start, callee.span.start + len("elements"))
            instead = f"$refs{callee.span.text.removeprefix('elements')}(…)"
            self.report(rules.METHOD_OF_ELEMENTS, start, instead=instead, fixes=[replace(start, "$refs", safe=True)])
        self.calls[e] = ElementCall(element, name)
        if self._callback(e, component, name):
            return self.of_element(component.methods[name].result, element)
        chosen = self.apply(
            e, Target(f"{component.name}.{name}", (self._signature_of(component, name, element),)), expected
        )
        if name in ("setPropValue", "getPropValue") and e.args and isinstance(e.args[0], n.Text):
            self._property_by_name(e.args[0], component)
        return chosen.result if chosen else UNKNOWN

    def _signature_of(self, component: Component, name: str, element: n.Element) -> Overload:
        plain = component.methods[name]
        params = tuple(changed(p, type=self.of_element(p.type, element)) for p in plain.params)
        return changed(plain, type_params=(), params=params, result=self.of_element(plain.result, element))

    def _property_by_name(self, e: n.Text, component: Component) -> None:
        """`setPropValue('disabled', true)`: the text names a property or a directive."""
        if e.value in component.properties or e.value.startswith("_"):
            return
        near = near_name(e.value, component.properties)
        self.report(rules.UNKNOWN_ATTRIBUTE, e.span, tag=component.name, name=e.value, **near.near)

    def _unknown_method_of(self, callee: n.Member, component: Component) -> None:
        name, span = callee.name.name, callee.name.span
        meant = METHODS.get(name)
        if meant in component.methods:
            advice = Advice(f"; write `{meant}`", f"，应写 `{meant}`", [replace(span, meant)])
        else:
            advice = near_name(name, component.methods, span)
        facts: Words = {"tag": component.name, "name": name, "known": listed(component.methods)}
        self.report(rules.UNKNOWN_ELEMENT_METHOD, span, fixes=advice.fixes, **facts, **advice.near)

    # --- habits

    def mend(self, e: n.Expr, given: Type, wanted: Type) -> Advice:
        """`name = event` for `name = event.value`; everything else is as elsewhere."""
        value = dict(given.fields).get("value") if isinstance(given, Anonymous) else None
        if (
            value is not None
            and isinstance(e, n.Name)
            and self.page is not None
            and fits(value, wanted, self.fields_of)
        ):
            return say(f"{e.name}.value", wrap(e.span, "", ".value", safe=True))
        return super().mend(e, given, wanted)

    def as_condition(self, e: n.Expr, given: Type, tight: bool = False) -> Advice:
        """`if ($refs.form.validate())` for `.valid`."""
        if isinstance(given, Structure) and given.name == "nasl.ui.ValidateEvent":
            return say(f"{e.span.text}.valid", wrap(e.span, "", ".valid", safe=True))
        return super().as_condition(e, given, tight)

    def _callback(self, e: n.Call, component: Component, name: str) -> bool:
        """`$refs.form.validate((valid) => { … })`: methods give their result, they call nothing back."""
        lambdas = [arg for arg in e.args if isinstance(arg, n.Lambda)]
        if lambdas:
            result = f"if ({e.callee.span.text}().valid) {{ … }}" if name == "validate" else f"{e.callee.span.text}()"
            self.report(rules.ELEMENT_CALLBACK, lambdas[0].span, name=name, tag=component.name, instead=result)
            self.loose(e)
        return bool(lambdas)

    def report_element_target(self, s: n.Assign, target: n.Member) -> bool:
        """`$refs.modal.visible = true`."""
        ref = self.refs.get(target)
        if not isinstance(ref, ElementState):
            return False
        owner = f"$refs{target.object.span.text.removeprefix('elements').removeprefix('$refs')}"
        text = f"{owner}.setPropValue('{ref.name}', {s.value.span.text})"
        fixes = [replace(without_semicolon(s), text, safe=".$ce." not in text)]
        self.report(rules.ELEMENT_ASSIGNMENT, target.span, instead=text, fixes=fixes)
        return True

    def unknown_callee(self, e: n.Call, path: str, expected: Type | None) -> Type:
        """A page called like a function, a form rule outside `rules`; everything else is as elsewhere."""
        page = self._page_called(path)
        if page is not None:
            self.loose(e)
            self._report_page_called(e, page)
            return UNKNOWN
        if self.page is not None and path in FUNCTIONS:
            self.loose(e)
            namespace, _, name = path.rpartition(".")
            words = hint(FUNCTIONS[path], e.callee.span, safe=True)
            rule = rules.UNKNOWN_FUNCTION if namespace else rules.UNKNOWN_NAME
            self.report(rule, e.callee.span, namespace=namespace, name=name, fixes=words.fixes, **words.near)
            return UNKNOWN
        if path.startswith("nasl.validation.") and path.rpartition(".")[2] in validations():
            self.loose(e)
            self.report(rules.VALIDATION_PLACE, e.callee.span, name=path)
            return BOOLEAN
        return super().unknown_callee(e, path, expected)

    def _page_called(self, path: str) -> Declared | None:
        pages = ((name, d) for name, d in self.symbols.by_name.items() if isinstance(d.node, n.View))
        found = [declared for name, declared in pages if path in (name, declared.node.name.name)]
        return found[0] if len(found) == 1 else None

    def _report_page_called(self, e: n.Call, page: Declared) -> None:
        assert isinstance(page.node, n.View)
        names = [param.name.name for param in page.node.params]
        given = ", ".join(f"{name}: {arg.span.text}" for name, arg in zip(names, e.args, strict=False))
        text = f"nasl.ui.destination('{route(page.name)}'" + (f", {{ {given} }})" if given else ")")
        fixes = [replace(e.span, text, safe=len(e.args) <= len(names) and self.in_page())]
        self.report(rules.PAGE_CALLED, e.callee.span, name=page.node.name.name, instead=text, fixes=fixes)

    def report_unknown_field(self, rule: Rule, key: n.Ident, owner: Type, known: list[str]) -> None:
        """A property of the row instead of `current.item`, of a DOM event instead of the event's record."""
        data = key.span.source.data
        row = owner.args[0] if isinstance(owner, Structure) and owner.name == "nasl.ui.Current" else UNKNOWN
        if key.name in dict(self.fields_of(row) or ()):
            fixes = [replace(key.span, f"item.{key.name}", safe=True)]
            self.report(rules.FOREIGN_CURRENT, key.span, current=_before(key), name=key.name, fixes=fixes)
            return
        if key.name in _DOM and self._is_event(key):
            value = re.match(rb"\s*\.\s*(value|checked)\b", data[key.span.end : key.span.end + 40])
            advice = Advice()
            if value is not None and "value" in known:
                place = key.span.source.span(key.span.start, key.span.end + value.end())
                advice = say(f"{_before(key)}.value", replace(place, "value", safe=True))
            elif known:
                advice = Advice(f"; it has: {listed(known)}", f"；可用的有：{listed(known)}")
            self.report(rules.DOM_EVENT, key.span, name=key.name, fixes=advice.fixes, **advice.facts)
            return
        super().report_unknown_field(rule, key, owner, known)

    def _is_event(self, key: n.Ident) -> bool:
        return self.page is not None and _before(key) in ("event", "e", "evt", "ev")

    # --- page and server

    def check_side_of_variable(self, e: n.Name | n.Member, name: str) -> bool:
        """Server variables live on the server, those of the frontend in the browser; false for the wrong side."""
        if name.startswith("app.backend.") and self.in_page():
            advice = Advice("; a logic of `app.logics` can return it", "，可由 `app.logics` 中的逻辑返回")
            if name == "app.backend.variables.currentUser":
                advice = say("nasl.auth.userInfo", replace(e.span, "nasl.auth.userInfo"))
            self.report(rules.SERVER_ONLY, e.span, name=name, fixes=advice.fixes, **advice.facts)
            return False
        if name == "nasl.auth.userInfo" and not self.in_page():
            fixes = [replace(e.span, "nasl.auth.getCurrentUser()", safe=True)]
            self.report(rules.CLIENT_ONLY, e.span, name=name, fixes=fixes)
        if ".frontends." in name and not self.in_page():
            self.report(rules.FRONTEND_VARIABLE, e.span, name=name)
            return False
        return True

    def check_side(self, e: n.Call, name: str) -> None:
        """Some functions work only on pages, some only on the server."""
        if name.startswith(_CLIENT) or ".frontends." in name:
            if not self.in_page():
                self.report(rules.CLIENT_ONLY, e.callee.span, name=name)
        elif name in _SERVER and self.in_page():
            advice = say(_SERVER[name], replace(e.span, _SERVER[name], safe=True))
            self.report(rules.SERVER_ONLY, e.callee.span, name=name, fixes=advice.fixes, **advice.facts)


def _before(key: n.Ident) -> str:
    """The name before the dot before a property."""
    found = re.search(rb"([\w$]+)\s*\.\s*$", key.span.source.data[max(0, key.span.start - 80) : key.span.start])
    return found[1].decode() if found else ""


def route(name: str) -> str:
    """What `destination` calls a page.

    >>> route("app.frontendTypes.pc.frontends.pc.views.orders.views.detail")
    'pc.orders.detail'
    """
    head, _, path = name.partition(".views.")
    return f"{head.rpartition('.')[2]}.{path.replace('.views.', '.')}"

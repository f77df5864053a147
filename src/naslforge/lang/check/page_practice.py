"""Good practice on pages: what may be written, but is useless, lost or slow."""

from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Facts
from naslforge.lang.check.pages import functions_of
from naslforge.lang.check.suggest import dotted
from naslforge.lang.components import components
from naslforge.lang.diagnostics import Edit, Fix, Report
from naslforge.lang.scope import ElementCall, ExternalCall, Local, LogicCall
from naslforge.lang.types import Anonymous

_DIALOGS = ("UModal", "UDrawer")
_QUIET = ("disabled", "readonly", "preview")


def page_practice(unit: n.Unit, facts: Facts, report: Report) -> None:
    """Report what is doubtful in the pages of a text."""
    for view in _views(unit.items):
        _PagePractice(view, facts, report).page()


def _views(items: tuple[n.Item, ...]) -> Iterator[n.View]:
    for item in items:
        if isinstance(item, n.Namespace):
            yield from _views(item.items)
        elif isinstance(item, n.View):
            yield item


class _PagePractice:
    """Looks at one page."""

    def __init__(self, view: n.View, facts: Facts, report: Report) -> None:
        self.view, self.facts, self.report = view, facts, report

    def page(self) -> None:
        self.variables()
        for logic in self.view.logics:
            if logic not in self.facts.used:
                self.report.add(rules.UNUSED_PAGE_LOGIC, logic.name.span, name=logic.name.name)
        for function in functions_of(self.view):
            self.function(function)
        for part in self.view.root.walk() if self.view.root is not None else ():
            if isinstance(part, n.Element):
                self.element(part)

    # --- names

    def variables(self) -> None:
        read: set[n.Node] = set()
        written: set[n.Node] = set()
        targets = {s.target for s in self.view.walk() if isinstance(s, n.Assign)}
        for name in self.view.walk():
            ref = self.facts.refs.get(name) if isinstance(name, n.Name) else None
            if isinstance(ref, Local) and ref.kind == "page":
                (written if name in targets else read).add(ref.declared)
        for let in self.view.variables:
            if let not in read and let not in written:
                plain = let.init is None or isinstance(let.init, n.Number | n.Text | n.Bool | n.Null)
                fixes = [Fix("leave it out", (Edit(let.span, ""),), "safe")] if plain else []
                self.report.add(rules.UNUSED_PAGE_VARIABLE, let.name.span, name=let.name.name, fixes=fixes)
            elif let not in read:
                self.report.add(rules.UNREAD_PAGE_VARIABLE, let.name.span, name=let.name.name)

    def function(self, function: n.Function) -> None:
        if function.body is None:
            return
        own = {p.name.name for p in self.view.params} | {let.name.name for let in self.view.variables}
        lets = (s for s in function.body.statements if isinstance(s, n.Let))
        for name in (*(param.name for param in function.params), *(let.name for let in lets)):
            if name.name in own:
                self.report.add(rules.HIDDEN_PAGE_VARIABLE, name.span, name=name.name)
        if not any(not isinstance(s, n.Comment) for s in function.body.statements):
            self.report.add(rules.EMPTY_HANDLER, function.name.span, name=function.name.name)
        for loop in function.body.walk():
            if isinstance(loop, n.ForList | n.While):
                self.loop(loop)

    def loop(self, loop: n.ForList | n.While) -> None:
        for part in loop.body.walk():
            called = self.facts.calls.get(part)
            on_server = isinstance(called, LogicCall | ExternalCall) and ".frontends." not in called.name
            if on_server and isinstance(called, LogicCall | ExternalCall):
                self.report.add(rules.REQUEST_IN_LOOP, part.span, name=called.name)

    # --- elements

    def element(self, e: n.Element) -> None:
        attributes = {a.name.name: a for a in e.attributes}
        for a in e.attributes:
            if a.name.name in ("_if", "_show") and isinstance(a.value, n.Bool):
                value = str(a.value.value).lower()
                self.report.add(rules.CONSTANT_DIRECTIVE, a.span, name=a.name.name, value=value)
        tag = e.tag.name
        if tag == "UTableView":
            self.table(e, attributes)
        elif tag == "UButton" and not any(name in attributes for name in ("onClick", "hrefAndTo", "to", "_auth")):
            self.report.add(rules.BUTTON_WITHOUT_HANDLER, e.tag.span)
        elif tag in _DIALOGS and "ref" not in attributes and "visible" not in attributes:
            self.report.add(rules.DIALOG_NEVER_OPENED, e.tag.span, tag=tag)
        elif tag == "UForm":
            self.form(e, attributes)
        self.inputs(e, attributes)

    def table(self, e: n.Element, attributes: dict[str, n.Attribute]) -> None:
        source, paged = attributes.get("dataSource"), attributes.get("pagination")
        if source is None or not isinstance(source.value, n.Call | n.Name | n.Member):
            return
        on = paged is not None and (paged.value is None or not isinstance(paged.value, n.Bool) or paged.value.value)
        if paged is None and "pageable" not in attributes:
            fix = Fix("write `pagination={true}`", (Edit(source.span.at_end(), " pagination={true}"),), "unsafe")
            self.report.add(rules.TABLE_WITHOUT_PAGES, e.tag.span, fixes=[fix])
        given = self.facts.types.get(source.value)
        pages = isinstance(given, Anonymous) and "total" in dict(given.fields)
        if on and pages and isinstance(source.value, n.Call) and "elements." not in source.value.span.text:
            self.report.add(rules.PAGING_NOT_PASSED_ON, source.span)

    def inputs(self, e: n.Element, attributes: dict[str, n.Attribute]) -> None:
        """An input whose value is bound one way, and that nobody listens to."""
        component, bound = components().get(e.tag.name), attributes.get("value")
        if component is None or bound is None or "value" not in component.properties:
            return
        heard = any(name.startswith("on") for name in attributes) or any(name in attributes for name in _QUIET)
        if not component.properties["value"].sync or heard or not isinstance(bound.value, n.Name | n.Member):
            return
        path = dotted(bound.value)
        root: n.Expr = bound.value
        while isinstance(root, n.Member):
            root = root.object
        ref = self.facts.refs.get(root)
        if path is not None and isinstance(ref, Local) and ref.kind == "page":
            fix = Fix(f"write `$sync({path})`", (Edit(bound.value.span, f"$sync({path})"),), "unsafe")
            self.report.add(rules.ONE_WAY_INPUT, bound.span, name="value", path=path, fixes=[fix])

    def form(self, e: n.Element, attributes: dict[str, n.Attribute]) -> None:
        """Rules that nobody asks."""
        ruled = any(isinstance(a, n.Attribute) and a.name.name == "rules" for a in e.walk())
        ref = attributes.get("ref")
        name = ref.value.value if ref is not None and isinstance(ref.value, n.Text) else "form"
        asked = any(
            isinstance(call, ElementCall) and call.element is e and call.method.startswith("validate")
            for call in self.facts.calls.values()
        )
        if ruled and not asked and "onValidate" not in attributes:
            self.report.add(rules.UNCHECKED_FORM, e.tag.span, name=name)

"""Pages: parameters, variables, page logics, the life cycle, and the order in which they are looked at."""

from abc import abstractmethod
from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Page, Scope
from naslforge.lang.check.markup import Markup
from naslforge.lang.check.suggest import Advice, Words, listed, near_name, replace
from naslforge.lang.diagnostics import Label
from naslforge.lang.scope import Declared, EntityCall, ExternalCall, Local, LogicCall
from naslforge.lang.types import UNKNOWN, Structure, Type

LIFECYCLE = ("onCreated", "onMounted", "onUpdated", "onDestroyed", "onKeydown", "onKeyup")
# Keys of other frameworks, and the one that is meant.
_KEYS = {
    "created": "onCreated", "mounted": "onMounted", "updated": "onUpdated", "destroyed": "onDestroyed",
    "beforeDestroy": "onDestroyed", "unmounted": "onDestroyed", "onUnmounted": "onDestroyed", "onMount": "onMounted",
    "onLoad": "onCreated", "onInit": "onCreated", "init": "onCreated", "onReady": "onMounted", "onShow": "onMounted",
    "onUnload": "onDestroyed", "onBeforeMount": "onCreated", "beforeMount": "onCreated", "onUnmount": "onDestroyed",
}  # fmt: skip


class Pages(Markup):
    """Checks whole pages."""

    def page_signature(self, declared: Declared) -> None:
        """The types of a page's parameters, which other pages give."""
        self.at(declared)
        assert isinstance(declared.node, n.View)
        for param in declared.node.params:
            self.names[param] = self.parameter_type(param)

    def check_page(self, declared: Declared) -> None:
        """Everything inside one page; variables without a type are found by a rehearsal."""
        assert isinstance(declared.node, n.View)
        self.at(declared)
        self.page = page = Page(declared.name, declared.node)
        try:
            self._refs(page)
            self._functions(page)
            if any(let.type is None for let in page.view.variables):
                with self.rehearsal():
                    page.rehearsing = True
                    self._whole_page(page)
                    page.rehearsing = False
                self.forget(page.functions)
            self._whole_page(page)
            self.report_untyped(page.untyped)
        finally:
            self.page, self.scope = None, Scope()

    def _whole_page(self, page: Page) -> None:
        """Names first, then elements, so that handlers know the data of the elements they speak of."""
        self.scope = page.scope = Scope()
        page.rows.clear()
        page.values.clear()
        page.events.clear()
        self.deferred = []
        self._variables(page)
        for declared in page.logics.values():
            self._page_logic_signature(declared)
        root = page.view.root
        if isinstance(root, n.Element):
            self.element(root, ())
        elif isinstance(root, n.Fragment):
            self.contents(root.content, ())
        for member in page.view.members:
            if isinstance(member, n.Lifecycles):
                self._lifecycles(member)
        for declared in page.logics.values():
            self._untyped_parameters(declared)
            self.check_logic(declared)
        for function, scope, event in self.deferred:
            self._handler(page, function, scope, event)

    # --- variables

    def _variables(self, page: Page) -> None:
        seen: dict[str, n.Ident] = {}
        declared: tuple[n.Param | n.Let, ...] = (*page.view.params, *page.view.variables)
        for part in declared:
            name = part.name.name
            if name in seen:
                label = Label(seen[name].span, "first declared here", "首次声明在这里")
                self.report(rules.DUPLICATE_NAME, part.name.span, labels=[label], name=name)
            seen.setdefault(name, part.name)
            type_ = self._page_parameter(part) if isinstance(part, n.Param) else self._page_variable(page, part)
            page.scope.names[name] = Local(name, "page", part, type_)

    def _page_parameter(self, param: n.Param) -> Type:
        name, type_ = param.name.name, self.names[param]
        if param.default is not None and param.type is not None:
            self.want(param.default, type_, f"the default of `{name}`", f"`{name}` 的默认值")
        return type_

    def _page_variable(self, page: Page, let: n.Let) -> Type:
        name = f"`{let.name.name}`"
        type_ = self.value_annotation(let.type) if let.type is not None else None
        if let.init is not None:
            if type_ is None:
                type_ = self.type_of_value(let, let.init)
            else:
                self.want(let.init, type_, name, name)
            self._from_server(let.init)
        if type_ is None:
            type_ = page.untyped.setdefault(let, None)
        self.names[let] = type_ or UNKNOWN
        return self.names[let]

    def _from_server(self, init: n.Expr) -> None:
        for part in init.walk():
            called = self.calls.get(part)
            on_server = isinstance(called, EntityCall | ExternalCall) or (
                isinstance(called, LogicCall) and ".frontends." not in called.name
            )
            if on_server:
                self.report(rules.SERVER_IN_INITIALISER, part.span)
                return

    # --- functions

    def _refs(self, page: Page) -> None:
        """The elements that have a name."""
        first: dict[str, n.Attribute] = {}
        for part in page.view.root.walk() if page.view.root is not None else ():
            if not isinstance(part, n.Element):
                continue
            for a in part.attributes:
                if a.name.name == "ref" and isinstance(a.value, n.Text):
                    name = a.value.value
                    if name in first:
                        label = Label(first[name].span, "first here", "首次出现在这里")
                        self.report(rules.DUPLICATE_REF, a.value.span, labels=[label], name=name)
                        continue
                    first[name] = a
                    page.refs[name] = part

    def _functions(self, page: Page) -> None:
        """Page logics, handlers and what the life cycle runs: each with a name of its own."""
        taken: dict[str, n.Ident] = {let.name.name: let.name for let in page.view.variables}
        logics = set(page.view.logics)
        for function in functions_of(page.view):
            name = function.name.name
            page.functions.append(function)
            self.around[function] = (page, page.scope)
            if name in taken:
                label = Label(taken[name].span, "this one", "这一个")
                fixes = [] if function in logics else [replace(function.name.span, self.fresh_name(name), safe=True)]
                self.report(rules.DUPLICATE_HANDLER, function.name.span, labels=[label], fixes=fixes, name=name)
            elif function in logics:
                page.logics[name] = Declared(f"{page.name}.{name}", function)
            taken.setdefault(name, function.name)

    def _page_logic_signature(self, declared: Declared) -> None:
        function = declared.node
        assert isinstance(function, n.Function) and self.page is not None
        self.around[function] = (self.page, self.page.scope)
        for param in function.params:
            typed = param.type is not None or param.default is not None
            self.names[param] = self.parameter_type(param) if typed else UNKNOWN
        if function.result is not None:
            self.results[function] = self.annotation(function.result)

    def _untyped_parameters(self, declared: Declared) -> None:
        """`function save(event)` has the type of the event that it handles."""
        function = declared.node
        assert isinstance(function, n.Function) and self.page is not None
        for i, param in enumerate(function.params):
            if param.type is None and param.default is None:
                handles = i == 0 and (function in self.page.events or param.name.name in ("event", "e", "_"))
                self.names[param] = self.page.events.get(function, UNKNOWN) if handles else self.parameter_type(param)

    def _handler(self, page: Page, function: n.Function, scope: Scope, event: Type) -> None:
        self.around[function] = (page, scope)
        for i, param in enumerate(function.params):
            typed = param.type is not None or param.default is not None
            self.names[param] = self.parameter_type(param) if typed else event if i == 0 else UNKNOWN
        if function.result is not None:
            self.results[function] = self.annotation(function.result)
        self.check_logic(Declared(f"{page.name}.{function.name.name}", function))

    def fresh_name(self, wish: str) -> str:
        """A name that nothing in the page has."""
        assert self.page is not None
        view = self.page.view
        taken = {f.name.name for f in functions_of(view)} | {let.name.name for let in view.variables}
        names = (wish, *(f"{wish}{i}" for i in range(1, 1000)))
        return next(name for name in names if name not in taken)

    # --- the life cycle

    def _lifecycles(self, node: n.Lifecycles) -> None:
        for entry in node.entries:
            name = entry.event.name
            if name not in LIFECYCLE:
                self._unknown_key(entry.event)
            event: Type = Structure("nasl.ui.KeyboardEvent") if name.startswith("onKey") else UNKNOWN
            for handler in entry.handlers:
                self.handler(handler, event, entry)

    def _unknown_key(self, key: n.Ident) -> None:
        meant = _KEYS.get(key.name)
        near = near_name(key.name, LIFECYCLE, key.span)
        if meant is not None:
            near = Advice(f"; write `{meant}`", f"，应写 `{meant}`", [replace(key.span, meant, safe=True)])
        facts: Words = {"name": key.name, "known": listed(LIFECYCLE)}
        self.report(rules.UNKNOWN_LIFECYCLE, key.span, fixes=near.fixes, **facts, **near.near)

    # --- in the file below

    @abstractmethod
    def at(self, declared: Declared) -> None: ...

    @abstractmethod
    def parameter_type(self, param: n.Param) -> Type: ...

    @abstractmethod
    def check_logic(self, declared: Declared) -> None: ...

    @abstractmethod
    def forget(self, functions: list[n.Function]) -> None: ...

    @abstractmethod
    def report_untyped(self, untyped: dict[n.Let, Type | None]) -> None: ...


def functions_of(view: n.View) -> Iterator[n.Function]:
    """Every function in a page: page logics, those of the life cycle, handlers written in place."""
    for member in view.members:
        if isinstance(member, n.Function):
            yield member
        elif isinstance(member, n.Lifecycles):
            yield from (h for entry in member.entries for h in entry.handlers if isinstance(h, n.Function))
    for part in view.root.walk() if view.root is not None else ():
        if isinstance(part, n.Attribute | n.HandlerList):
            yield from (child for child in part.children() if isinstance(child, n.Function))

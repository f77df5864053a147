"""Pages to Python text and to plans: every attribute and handler becomes a function of the page and of the slot data.

`pg` is the page instance, which holds the page's variables; `sl` is what the slots around a place are given.
"""

from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import Declared, ElementCall, ElementState, Local, PageLogicCall, SyncCall, ValidationCall
from naslforge.run.emit_stmts import Statements
from naslforge.run.plans import ElementPlan, Handler, PagePlan, Slot, Value


class Pages(Statements):
    """Writes the functions of pages and makes their plans."""

    _made = 0
    _view: str
    _ids: dict[n.Element, int]
    _logics: dict[str, Handler]

    def page(self, declared: Declared) -> PagePlan:
        """The plan of a page; its functions are written as a side effect."""
        view = declared.node
        assert isinstance(view, n.View)
        self._view = declared.name
        root = view.root
        elements = [e for e in root.walk() if isinstance(e, n.Element)] if root is not None else []
        self._ids = {e: i for i, e in enumerate(elements)}
        names = self.checked.names
        for logic in view.logics:
            self.functions[f"{declared.name}.{logic.name.name}"] = self._fresh()
        logics = {logic.name.name: self._handler(logic, f"{declared.name}.{logic.name.name}") for logic in view.logics}
        self._logics = logics
        lifecycle = {
            entry.event.name: tuple(h for given in entry.handlers for h in self._handlers(given))
            for member in view.members
            if isinstance(member, n.Lifecycles)
            for entry in member.entries
        }
        params = tuple(
            (p.name.name, names[p], "" if p.default is None else self._computed(p.default, names[p]))
            for p in view.params
        )
        variables = tuple((let.name.name, self._started(let)) for let in view.variables)
        types = {p.name.name: names[p] for p in view.params} | {let.name.name: names[let] for let in view.variables}
        for logic in view.logics:
            types |= {f"{logic.name.name}({i})": names[p] for i, p in enumerate(logic.params)}
        plan = self._element(root) if isinstance(root, n.Element) else None
        tags = dict(view.doc.tags) if view.doc else {}
        return PagePlan(declared.name, params, variables, logics, lifecycle, plan, tags, types)

    # --- functions

    def _fresh(self) -> str:
        self._made += 1
        return f"p{self._made}"

    def _handler(self, logic: n.Function, full: str) -> Handler:
        self.functions.setdefault(full, self._fresh())
        self.define(self.functions[full], logic, first=("pg", "sl"))
        return Handler(self.functions[full], bool(logic.params))

    def _handlers(self, given: n.Node) -> list[Handler]:
        match given:
            case n.Function():
                return [self._handler(given, f"{self._view}.{given.name.name}")]
            case n.HandlerList(items=items):
                return [h for item in items for h in self._handlers(item)]
            case n.ListLiteral(items=items):
                return [h for item in items for h in self._handlers(item)]
            case n.Name(name=name) if name in self._logics:
                return [self._logics[name]]
        return []

    def _computed(self, e: n.Expr, wanted: t.Type = t.ANY) -> str:
        """A function (pg, sl) that gives the value of an expression."""
        name = self._fresh()
        self._begin()
        self.line(f"def {name}(pg, sl):", e.span)
        self.indent += 1
        place = len(self.lines)
        text = self.as_type(e, wanted) if wanted != t.ANY else self.expr(e)
        self.line(f"return {text}", e.span)
        self._insert_matches(place)
        self.indent -= 1
        return name

    def _started(self, let: n.Let) -> str:
        type_ = self.checked.names.get(let, t.ANY)
        if let.init is not None:
            return self._computed(let.init, type_)
        name = self._fresh()
        self.line(f"def {name}(pg, sl): return {self.start(type_)}", let.span)
        return name

    def _stored(self, path: n.Expr) -> str:
        """A function (pg, sl, value) that writes to the path of a two-way property."""
        name = self._fresh()
        self._begin()
        self.line(f"def {name}(pg, sl, value):", path.span)
        match self.checked.refs.get(path), path:
            case Local(found, "page", _, _), _:
                self.line(f"    pg[{found!r}] = value", path.span)
            case _, n.Member(object=owner, name=member):
                self.line(f"    store({self.expr(owner)}, {member.name!r}, value)", path.span)
                self.line(f"    pg.changed |= {set(self._mentioned(path))!r}", path.span)
            case _:
                self.line(f"    {self.expr(path)} = value", path.span)
        return name

    # --- elements

    def _element(self, e: n.Element) -> ElementPlan:
        values: dict[str, Value] = {}
        handlers: dict[str, tuple[Handler, ...]] = {}
        slots: dict[str, Slot] = {}
        ref = ""
        for a in e.attributes:
            name = a.name.name
            if name == "ref" and isinstance(a.value, n.Text):
                ref = a.value.value
            elif name.startswith("slot") and name[4:5].isupper() and a.value is not None:
                slots[name[4].lower() + name[5:]] = self._slot(a.value)
            elif name.startswith("on") and name[2:3].isupper() and a.value is not None:
                handlers[name] = tuple(self._handlers(a.value))
            else:
                values[name] = self._value(a)
        content = tuple(self._element(child) for child in e.content if isinstance(child, n.Element))
        if content:
            slots["default"] = Slot(content)
        return ElementPlan(self._ids[e], e.tag.name, ref, values, handlers, slots)

    def _slot(self, value: n.Node) -> Slot:
        match value:
            case n.SlotTemplate(params=params, body=body):
                key = self.declared(params[0], params[0].name) if params else ""
                return Slot(self._slot(body).content, key)
            case n.Fragment(content=content):
                return Slot(tuple(self._element(e) for e in content if isinstance(e, n.Element)))
            case n.Element():
                return Slot((self._element(value),))
        return Slot(())

    def _value(self, a: n.Attribute) -> Value:
        if a.value is None:
            return Value(function=self._constant("True"), type=t.BOOLEAN)
        if isinstance(a.value, n.Text) and not a.braced:
            return Value(text=a.value.value, type=t.STRING)
        value = a.value
        if isinstance(value, n.Lambda):
            return Value(function=self._computed(value))
        if isinstance(value, n.Call) and isinstance(self.checked.calls.get(value), SyncCall) and value.args:
            path = value.args[0]
            type_ = self.type_of(path)
            return Value("", self._computed(path), self._stored(path), type_, self._mentioned(path))
        if a.name.name == "rules" and isinstance(value, n.ListLiteral):
            return Value(function=self._computed(value))
        assert not isinstance(value, n.Function | n.HandlerList | n.SlotTemplate | n.Element | n.Fragment)
        return Value(function=self._computed(value), type=self.type_of(value), mentions=self._mentioned(value))

    def _constant(self, text: str) -> str:
        name = self._fresh()
        self.line(f"def {name}(pg, sl): return {text}")
        return name

    def _mentioned(self, e: n.Node) -> frozenset[str]:
        refs = (self.checked.refs.get(part) for part in e.walk())
        return frozenset(ref.name for ref in refs if isinstance(ref, Local) and ref.kind == "page")

    # --- names and calls that only pages know

    def page_reference(self, e: n.Name | n.Member) -> str | None:
        """The text of a name of the page, None for any other."""
        match self.checked.refs.get(e):
            case Local(name, "page", _, _):
                return f"pg[{name!r}]"
            case Local(name, "slot", declared, _):
                return f"sl[{self.declared(declared, name)!r}]"
            case ElementState(element, name):
                return f"pg.state(sl, {self._ids.get(element, -1)}, {name!r})"
        return None

    def page_call(self, e: n.Call) -> str | None:
        """The text of a call that only a page can make, None for any other."""
        match self.checked.calls.get(e):
            case PageLogicCall(page, name, declared):
                given = self._arguments(e, declared)
                return f"{self.functions[f'{page}.{name}']}(pg, sl{', ' if given else ''}{given})"
            case ElementCall(element, method):
                args = "".join(f", {self.expr(arg)}" for arg in e.args)
                return f"pg.method(sl, {self._ids.get(element, -1)}, {method!r}{args})"
            case SyncCall():
                return self.expr(e.args[0])
            case ValidationCall(name):
                return f"({name!r}, [{', '.join(map(self.expr, e.args))}])"
        return None

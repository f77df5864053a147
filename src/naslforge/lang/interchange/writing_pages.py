"""From a checked program to AST: pages and their elements."""

from naslforge.lang import nodes as n
from naslforge.lang.interchange.names import kebab
from naslforge.lang.interchange.reading_pages import tag_of
from naslforge.lang.interchange.writing import Json, event_name, made
from naslforge.lang.interchange.writing_items import Items

_NAVIGATION = ("Destination", "ExternalDestination")


class Pages(Items):
    """Writes views."""

    def view(self, node: n.View) -> Json:
        doc = node.doc
        self._logics = {logic.name.name: logic for logic in node.logics}
        cycle = [
            made("BindEvent", name=event_name(entry.event.name), logics=self._handlers(entry.handlers))
            for member in node.members
            if isinstance(member, n.Lifecycles)
            for entry in member.entries
        ]
        roots = node.root.content if isinstance(node.root, n.Fragment) else (node.root,)
        return made(
            "View", name=node.name.name, title=doc.tag("title") if doc else None,
            crumb=doc.tag("crumb") if doc else None,
            description=self.text_of(doc), auth=True if doc and doc.tag("auth") is not None else None,
            isIndex=True if doc and doc.tag("index") is not None else None, params=[self.param(p) for p in node.params],
            variables=[self.variable(let, "Variable") for let in node.variables],
            logics=[self.logic(logic) for logic in node.logics],
            elements=[self.element(e) for e in roots if isinstance(e, n.Element)], bindEvents=cycle, children=[],
        )  # fmt: skip

    def _handlers(self, given: tuple[n.Node, ...]) -> list[Json]:
        found = []
        for one in given:
            if isinstance(one, n.Function):
                found.append(self.logic(one))
            elif isinstance(one, n.Name) and one.name in self._logics:
                found.append(self._calling(one.name))
        return found

    def _calling(self, name: str) -> Json:
        """A handler that calls a logic of the page."""
        call = made("CallLogic", calleeNamespace="", calleeName=name, arguments=[])
        return made("Logic", name=name, params=[], returns=[], variables=[], body=[made("Start"), call, made("End")])

    def element(self, e: n.Element, slot: str = "", scope: str = "") -> Json:
        """One element; content of named slots are children that name their slot."""
        found = made("ViewElement", tag=tag_of(e.tag.name), slotTarget=slot or None, slotScope=scope or None)
        lists: dict[str, list[Json]] = {
            k: [] for k in ("bindAttrs", "bindEvents", "bindDirectives", "bindStyles", "children")
        }
        for a in e.attributes:
            self._attribute(a, found, lists)
        lists["children"] = [*(self.element(c) for c in e.content if isinstance(c, n.Element)), *lists["children"]]
        return {**found, **lists}

    def _attribute(self, a: n.Attribute, found: Json, lists: dict[str, list[Json]]) -> None:
        name, value = a.name.name, a.value
        if name == "ref" and isinstance(value, n.Text):
            found["name"] = value.value
        elif name in ("class", "style") and isinstance(value, n.Text):
            found["staticClass" if name == "class" else "staticStyle"] = value.value
        elif name.startswith("slot") and name[4:5].isupper():
            lists["children"] += self._slot(name[4].lower() + name[5:], value)
        elif name.startswith("on") and name[2:3].isupper():
            given = value.items if isinstance(value, n.HandlerList) else (value,) if value is not None else ()
            lists["bindEvents"].append(made("BindEvent", name=event_name(name), logics=self._handlers(given)))
        elif name == "$dynamicStyle" and isinstance(value, n.ObjectLiteral):
            lists["bindStyles"] += [
                made("BindStyle", name=x.key.name, expression=self.expr(x.value))
                for x in value.entries if isinstance(x.key, n.Ident)
            ]  # fmt: skip
        elif name.startswith("_"):
            bound = self.bound(a, name[1:])
            bound["concept"] = "BindDirective"
            lists["bindDirectives"].append(bound)
        else:
            lists["bindAttrs"].append(self.bound(a, name))

    def _slot(self, slot: str, value: n.Node | None) -> list[Json]:
        scope = ""
        if isinstance(value, n.SlotTemplate):
            scope = value.params[0].name if value.params else ""
            value = value.body
        inside = value.content if isinstance(value, n.Fragment) else (value,)
        target = "" if slot == "default" else kebab(slot)
        return [self.element(e, target or "default", scope) for e in inside if isinstance(e, n.Element)]

    def bound(self, a: n.Attribute, name: str) -> Json:
        """An attribute with its value: fixed text, fixed value, rules, navigation, or a bound expression."""
        value = a.value
        if value is None:
            return made("BindAttribute", name=name, type="static", value="true")
        if isinstance(value, n.Text):
            return made("BindAttribute", name=name, type="static" if a.braced else "string", value=value.value)
        if isinstance(value, n.Number):
            return made("BindAttribute", name=name, type="static", value=value.text)
        if isinstance(value, n.Bool):
            return made("BindAttribute", name=name, type="static", value="true" if value.value else "false")
        if name == "rules" and isinstance(value, n.ListLiteral):
            rules = [self._rule(item) for item in value.items if isinstance(item, n.Call)]
            return made("BindAttribute", name=name, type="static", rules=rules)
        if isinstance(value, n.Call) and isinstance(value.callee, n.Name) and value.callee.name == "$sync":
            return made("BindAttribute", name=name, type="dynamic", expression=self.expr(value.args[0]), sync=True)
        if isinstance(value, n.Function | n.HandlerList | n.SlotTemplate | n.Element | n.Fragment):
            return made("BindAttribute", name=name, type="static", value="")
        bound = self.expr(value)
        if bound["concept"] in _NAVIGATION:
            key = "destination" if bound["concept"] == "Destination" else "externalDestination"
            return made("BindAttribute", name=name, type="static", **{key: bound})
        return made("BindAttribute", name=name, type="dynamic", expression=bound)

    def _rule(self, e: n.Call) -> Json:
        args, message = list(e.args), None
        last = args[-1] if args else None
        if isinstance(last, n.ObjectLiteral) and len(last.entries) == 1 and isinstance(last.entries[0].value, n.Text):
            key = last.entries[0].key
            if isinstance(key, n.Ident) and key.name == "message":
                message, args = last.entries[0].value.value, args[:-1]
        given = [made("Argument", expression=self.expr(arg)) for arg in args]
        name = e.callee.name.name if isinstance(e.callee, n.Member) else ""
        return made("ValidationRule", calleeNamespace="nasl.validation", calleeName=name, arguments=given,
                    errorMessage=message)  # fmt: skip

"""From AST to nodes: pages and their elements."""

import json
import re
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.components import components
from naslforge.lang.interchange.carried import SEVERAL_ROOTS
from naslforge.lang.interchange.names import NOWHERE, fresh, is_name, kebab, pascal
from naslforge.lang.interchange.reading import CannotBeText, Json
from naslforge.lang.interchange.reading_items import Items

_PLAIN_TEXT = re.compile(r"[^\"<>{}&\n\r\\]*")
_NAMING = ("Identifier", "CallLogic", "CallFunction")
_VALUE = re.compile(r"-?\d+(\.\d+)?|true|false")


def tag_of(name: str) -> str:
    """The tag in the AST of a component's name in text: those of pc-ui in kebab case."""
    return kebab(name) if name in components() else name


class Pages(Items):
    """Reads views."""

    handlers: set[str]
    used: frozenset[str]

    def view(self, value: Json, path: str) -> n.View:
        name = self.ident(value.get("name"), path)
        self.handlers = set()
        self.used = frozenset(_names_in(value))
        tags: list[tuple[str, str]] = []
        self.tag(value, "title", "title", tags)
        self.tag(value, "crumb", "crumb", tags)
        for field, tag in (("auth", "auth"), ("isIndex", "index")):
            if value.get(field):
                tags.append((tag, ""))
            elif field in value:
                self.keep(value, field)
        params = tuple(self.param(p, path) for p in self.list(value.get("params"), path))
        members: list[Any] = []
        for given in self.list(value.get("variables"), path):
            self.concept(given, f"{path}.variables")
            type_ = self.maybe_type(given.get("typeAnnotation"), f"{path}.variables")
            variable = self.ident(given.get("name"), f"{path}.variables")
            members.append(n.Let(NOWHERE, variable, type_, self.default(given, path)))
        for i, logic in enumerate(self.list(value.get("logics"), path)):
            members.append(self.handler(logic, f"{path}.logics[{i}]"))
        cycle = self._lifecycle(value, path)
        if cycle is not None:
            members.append(cycle)
        roots = [self.element(e, f"{path}.elements[{i}]") for i, e in enumerate(self.list(value.get("elements"), path))]
        root = roots[0] if roots else None
        if len(roots) > 1:
            value[SEVERAL_ROOTS] = True
            layout = "ULinearLayout" if roots[0].tag.name in components() else "Flex"
            root = n.Element(NOWHERE, n.Ident(NOWHERE, layout), (), tuple(roots))
        return n.View(NOWHERE, name, self.doc(value, tags), params, tuple(members), root)

    def handler(self, value: Any, path: str) -> n.Function:
        """A page logic or handler: its name must be the only one of the page, so that it may get a number."""
        self.concept(value, path)
        wish = value.get("name") if is_name(value.get("name")) else "handler"
        name = fresh(str(wish), self.handlers)
        if name != value.get("name"):
            self.keep(value, "name")
        made = self.function({**value, "name": name}, path, None)
        if "transactional" in value:
            self.keep(value, "transactional")
        return made

    def _lifecycle(self, value: Json, path: str) -> n.Lifecycles | None:
        entries = []
        for i, event in enumerate(self.list(value.get("bindEvents"), path)):
            at = f"{path}.bindEvents[{i}]"
            self.concept(event, at)
            name = str(event.get("name") or "")
            key = name if name.startswith("on") else "on" + pascal(name)
            functions = tuple(self.handler(logic, at) for logic in self.list(event.get("logics"), at))
            entries.append(n.LifecycleEntry(NOWHERE, self.ident(key, at), functions))
            if kebab(key[2:]) != name:
                self.keep(event, "name")
        return n.Lifecycles(NOWHERE, tuple(entries)) if entries else None

    # --- elements

    def element(self, value: Any, path: str) -> n.Element:
        self.concept(value, path)
        tag = pascal(str(value.get("tag") or ""))
        if not is_name(tag):
            raise CannotBeText(f"{path}: {str(value.get('tag'))[:40]!r} is no tag")
        if tag_of(tag) != value["tag"]:
            self.keep(value, "tag")
        attributes = [*self._fixed(value, path)]
        for kind, read in (
            ("bindAttrs", self._bound),
            ("bindDirectives", self._directive),
            ("bindEvents", self._event),
        ):
            for i, given in enumerate(self.list(value.get(kind), path)):
                at = f"{path}.{kind}[{i}]"
                try:
                    self.concept(given, at)
                    attributes.append(read(given, at))
                except CannotBeText as fault:
                    self.cannot(at, str(fault), str(fault))
        attributes += self._styles(value, path)
        content, slots = self._children(value, path)
        return n.Element(NOWHERE, n.Ident(NOWHERE, tag), (*attributes, *slots), tuple(content))

    def _fixed(self, value: Json, path: str) -> list[n.Attribute]:
        found = []
        name = value.get("name")
        if is_name(name) and name in self.used:
            found.append(self._attribute("ref", n.Text(NOWHERE, str(name)), braced=False))
        for field, attribute in (("staticClass", "class"), ("staticStyle", "style")):
            text = value.get(field)
            if isinstance(text, str) and text:
                if _PLAIN_TEXT.fullmatch(text):
                    found.append(self._attribute(attribute, n.Text(NOWHERE, text), braced=False))
                else:
                    self.keep(value, field)
        return found

    def _attribute(self, name: str, value: Any, braced: bool = True) -> n.Attribute:
        if not re.fullmatch(r"[A-Za-z_$][\w$-]*", name):
            raise CannotBeText(f"{name[:40]!r} is no name of an attribute")
        return n.Attribute(NOWHERE, n.Ident(NOWHERE, name), value, braced)

    def _bound(self, value: Json, path: str) -> n.Attribute:
        name = str(value.get("name") or "")
        if value.get("destination"):
            return self._attribute(name, self.expr(value["destination"], path))
        if value.get("externalDestination"):
            return self._attribute(name, self.expr(value["externalDestination"], path))
        if value.get("rules"):
            rules = tuple(self._rule(rule, path) for rule in self.list(value["rules"], path))
            return self._attribute(name, n.ListLiteral(NOWHERE, rules))
        if value.get("expression"):
            bound = self.expr(value["expression"], f"{path}.expression")
            if value.get("sync") or value.get("model"):
                bound = n.Call(NOWHERE, n.Name(NOWHERE, "$sync"), (), (bound,))
            return self._attribute(name, bound)
        return self._static(value, name)

    def _static(self, value: Json, name: str) -> n.Attribute:
        text = value.get("value")
        if text is not None and not isinstance(text, str):
            self.keep(value, "value")
            text = json.dumps(text)
        text = text or ""
        if value.get("type") != "string" and _VALUE.fullmatch(text):
            known: n.Expr = n.Bool(NOWHERE, text == "true") if text in ("true", "false") else n.Number(NOWHERE, text)
            return self._attribute(name, known)
        if _PLAIN_TEXT.fullmatch(text):
            return self._attribute(name, n.Text(NOWHERE, text), braced=False)
        return self._attribute(name, n.Text(NOWHERE, text))

    def _rule(self, value: Any, path: str) -> n.Expr:
        self.concept(value, path)
        args = list(self.arguments(value.get("arguments"), path))
        message = value.get("errorMessage")
        if isinstance(message, str) and message:
            entry = n.Entry(NOWHERE, n.Ident(NOWHERE, "message"), n.Text(NOWHERE, message))
            args.append(n.ObjectLiteral(NOWHERE, (entry,)))
        callee = self.path_of(f"nasl.validation.{value.get('calleeName')}", path)
        return n.Call(NOWHERE, callee, (), tuple(args))

    def _directive(self, value: Json, path: str) -> n.Attribute:
        name = f"_{value.get('name')}"
        if value.get("expression"):
            return self._attribute(name, self.expr(value["expression"], path))
        return self._static(value, name)

    def _event(self, value: Json, path: str) -> n.Attribute:
        name = str(value.get("name") or "")
        key = "on" + pascal(name[:1].upper() + name[1:])
        if kebab(key[2:]) != name:
            self.keep(value, "name")
        functions = tuple(self.handler(logic, path) for logic in self.list(value.get("logics"), path))
        if not functions:
            raise CannotBeText(f"{path}: an event without a logic")
        return self._attribute(key, functions[0] if len(functions) == 1 else n.HandlerList(NOWHERE, functions))

    def _styles(self, value: Json, path: str) -> list[n.Attribute]:
        entries = []
        for style in self.list(value.get("bindStyles"), path):
            self.concept(style, path)
            key = self._member_name(style.get("name"), path)
            entries.append(n.Entry(NOWHERE, key, self.expr(style.get("expression"), path)))
        return [self._attribute("$dynamicStyle", n.ObjectLiteral(NOWHERE, tuple(entries)))] if entries else []

    def _children(self, value: Json, path: str) -> tuple[list[Any], list[n.Attribute]]:
        """Content, and the other slots as attributes."""
        content: list[Any] = []
        named: dict[str, tuple[str, list[n.Element]]] = {}
        for i, child in enumerate(self.list(value.get("children"), path)):
            at = f"{path}.children[{i}]"
            try:
                element = self.element(child, at)
            except CannotBeText as fault:
                self.cannot(at, str(fault), str(fault))
                continue
            slot, scope = child.get("slotTarget"), child.get("slotScope")
            if not slot and not scope:
                content.append(element)
            else:
                named.setdefault(str(slot or "default"), (str(scope or ""), []))[1].append(element)
        slots = []
        for slot, (scope, elements) in named.items():
            body = elements[0] if len(elements) == 1 else n.Fragment(NOWHERE, tuple(elements))
            given = n.SlotTemplate(NOWHERE, (self.ident(scope, path),), body) if scope else body
            slots.append(self._attribute("slot" + pascal(slot), given))
        return content, slots


def _names_in(value: Any) -> set[str]:
    """Names that expressions of the page mention: an element is given its `ref` only where it is among them."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            for key in ("name", "namespace", "calleeNamespace") if node.get("concept") in _NAMING else ():
                found.update(str(node.get(key) or "").split("."))
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found

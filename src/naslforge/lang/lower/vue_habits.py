"""Elements as Vue writes them: `v-for`, and `<template #cell="scope">` for a slot."""

import re
from dataclasses import replace

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.choices import ChoiceLowering
from naslforge.lang.lower.element_habits import Content
from naslforge.lang.lower.foreign_attributes import camel
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.source import Span

_FOR = re.compile(r"\s*\(?\s*([\w$]+)\s*(?:,\s*([\w$]+)\s*)?(?:,[^)]*)?\)?\s+(?:in|of)\s+(.+?)\s*", re.S)
_OUTER = ("jsx_opening_element", "jsx_closing_element")
_PATH = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_SCOPE = re.compile(r"\s*(?:\{([\w$,\s]*)\}|([\w$]+))\s*")


class VueHabits(ChoiceLowering):
    """Loops and slots of Vue's templates."""

    vue_done: set[int] = set()  # places of elements whose `v-for` was told  # noqa: RUF012

    def foreign_attribute(self, cst: CST, name: str) -> CST | None:
        """An attribute of an element by the start of its name."""
        opening = field(cst, "open_tag") or cst
        return next((part for part in parts(opening) if part.type == "jsx_attribute"
                     and self.text(parts(part)[0]).startswith(name)), None)  # fmt: skip

    # --- v-for

    def vue_loop(self, cst: CST) -> list[Content] | None:
        """`<A v-for="item in items"/>` as the loop that it means; None for any other element."""
        attribute = self.foreign_attribute(cst, "v-for")
        value = parts(attribute)[-1] if attribute is not None else None
        if attribute is None or value is None or cst.start_byte in self.vue_done:
            return None
        self.vue_done = {*self.vue_done, cst.start_byte}
        found = _FOR.fullmatch(self.text(value)[1:-1]) if value.type == "string" else None
        if found is None:
            self.fault(rules.VUE_LOOP, attribute)
            return [self.hole(cst)]
        item, index, source = found.groups()
        name = "current" if "current" not in self.slot_names else self.fresh("current")
        renamed: dict[str, tuple[str, ...]] = {item: (name, "item")}
        if index:
            renamed[index] = (name, "index")
        place = self.at(cst)
        data = self.path_expr(self.at(value), source)
        with self.slot_scope(name, renamed):
            text, content = self.without(cst, attribute), self.content_of(cst)
        if isinstance(content, n.Element):
            content = replace(content, attributes=tuple(one for one in content.attributes if one.name.name != "v-for"))
        whole = f"<UListComponents dataSource={{{source}}} slotDefault={{({name}) => {text}}}></UListComponents>"
        self.fault(rules.VUE_LOOP, attribute, safe("write UListComponents", [self.replace(cst, whole)]))
        template = n.SlotTemplate(place, (n.Ident(place, name),), content)
        return [n.Element(place, n.Ident(place, "UListComponents"), (
            n.Attribute(self.at(value), n.Ident(place, "dataSource"), data),
            n.Attribute(place, n.Ident(place, "slotDefault"), template),
        ), ())]  # fmt: skip

    def without(self, cst: CST, attribute: CST) -> str:
        """The text of an element without an attribute, with the names of its loop as they are in the slot."""
        mark = self.text(attribute)
        return re.sub(r"\s*" + re.escape(mark), "", self.moved_text(cst), count=1)

    def path_expr(self, place: Span, text: str) -> n.Expr:
        """A dotted name, a Hole for more."""
        if not _PATH.fullmatch(text):
            return self.hole(place)
        first, *more = text.split(".")
        path = self.renamed.get(first, (first,))
        found: n.Expr = n.Name(place, path[0])
        for name in (*path[1:], *more):
            found = n.Member(place, found, n.Ident(place, name))
        return found

    # --- templates

    def is_slot_content(self, cst: CST) -> bool:
        return self.is_template(cst) or super().is_slot_content(cst)

    def is_template(self, cst: CST) -> bool:
        """Is it the content of a slot, which was read with the attributes of its parent?"""
        if cst.type != "jsx_element" or self.text(field(field(cst, "open_tag"), "name")) != "template":
            return False
        return (self.foreign_attribute(cst, "v-slot") or self.foreign_attribute(cst, "slot")) is not None

    def template_slot(self, cst: CST, parent: CST) -> n.Attribute | None:
        """`<template #cell="{ row }">…</template>` as the attribute `slotCell` of the element around."""
        if not self.is_template(cst):
            return None
        attribute = self.foreign_attribute(cst, "v-slot") or self.foreign_attribute(cst, "slot")
        assert attribute is not None
        name, *value = parts(attribute)
        slot = self.text(name).partition(":")[2] or (self.text(value[0])[1:-1] if value else "")
        scope = _SCOPE.fullmatch(self.text(value[0])[1:-1]) if value and ":" in self.text(name) else None
        title = "slot" + camel(slot or "default")[:1].upper() + camel(slot or "default")[1:]
        param, renamed = self.scope_names(scope)
        with self.slot_scope(param, renamed):
            content = self.children(cst)
            inner = "".join(self.moved_text(part) for part in cst.children if part.type not in _OUTER)
        one = content[0] if len(content) == 1 and isinstance(content[0], n.Element) else None
        place = self.at(cst)
        body: n.Element | n.Fragment = one if one is not None else n.Fragment(place, content)
        text = inner.strip() if one is not None else f"<>{inner.strip()}</>"
        head = f"({param}) => " if param else ""
        end = self.at(parent.children[-1]).at_start()
        edits = [Edit(end, f" {title}={{{head}{text}}}"), Edit(self.whole_line(cst), "")]
        plain = scope is None or scope.group(1) is not None
        self.fault(rules.TEMPLATE_SLOT, field(cst, "open_tag"), (safe if plain else unsafe)(f"write `{title}`", edits),
                   instead=f"{title}={{{head}<…/>}}")  # fmt: skip
        params = (n.Ident(place, param),) if param else ()
        return n.Attribute(place, n.Ident(place, title), n.SlotTemplate(place, params, body) if param else body)

    def scope_names(self, scope: re.Match[str] | None) -> tuple[str, dict[str, tuple[str, ...]]]:
        """The parameter of a slot, and what the names of `{ row, index }` are in it."""
        if scope is None:
            return "", {}
        if scope.group(2):
            return scope.group(2), {}
        name = "current" if "current" not in self.slot_names else self.fresh("current")
        names = [one.strip() for one in scope.group(1).split(",") if one.strip()]
        rows = ("row", "record", "item", "data")
        return name, {one: (name, "item" if one in rows else one) for one in names}

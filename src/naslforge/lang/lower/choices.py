"""Braces between tags that give elements, as TSX has them: conditions, choices and loops as elements of NASL."""

import re
from abc import abstractmethod
from dataclasses import dataclass, replace

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Rule
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.between_tags import BetweenTags
from naslforge.lang.lower.element_habits import Content
from naslforge.lang.lower.reader import safe
from naslforge.lang.source import Span

_NOTHING = ("null", "false", "undefined", "true", "''", '""')
_ELEMENTS = ("jsx_element", "jsx_self_closing_element")
_OUTER = ("jsx_opening_element", "jsx_closing_element")
_ROW_SLOTS = {"UListComponents": "slotDefault", "UTableViewColumn": "slotCell", "UListView": "slotItem",
              "UGridView": "slotItem"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Test:
    """The condition under which elements are there, as text and as a tree."""

    text: str
    node: n.Expr


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Elements for an expression: their text, None where there is none to offer, and their trees."""

    text: str | None
    nodes: tuple[Content, ...]


class ChoiceLowering(BetweenTags):
    """Elements for expressions that give elements."""

    # --- braces that give elements

    def braces_between(self, cst: CST, inner: CST) -> list[Content]:
        """`{ready && <A/>}`, `{ready ? <A/> : <B/>}`, `{xs.map((x) => <A/>)}`, `{<A/>}`."""
        found = self.rewriting(inner, None)
        fixes = []
        if found.text is not None:
            place = self.at(cst)
            text = found.text
            if not text:
                place = self.whole_line(cst)
            fixes = [safe("write it with NASL's elements", [Edit(place, text)])]
        shown = " ".join((found.text or "").split())
        shown = shown if shown and len(shown) <= 90 else ""
        self.fault(self.between_rule(inner), self.place_between(inner), *fixes,
                   advice=f": `{shown}`" if shown else "", advice_zh=f"：`{shown}`" if shown else "")  # fmt: skip
        return list(found.nodes)

    def choice_in_slot(self, cst: CST, value: CST) -> "n.Element | n.Fragment | n.Hole":
        """`slotX={ready && <A/>}`; `cst` is what a fix replaces, with its braces."""
        found = self.rewriting(value, None)
        text = found.text if len(found.nodes) == 1 else f"<>{found.text}</>"
        fixes = []
        if found.text:
            written = f"{{{text}}}" if cst.type == "jsx_expression" else text or ""
            fixes = [safe("write it with NASL's elements", [self.replace(cst, written)])]
        self.fault(self.between_rule(value), self.place_between(value), *fixes, advice="", advice_zh="")
        one = found.nodes[0] if len(found.nodes) == 1 else None
        return one if isinstance(one, n.Element) else n.Fragment(self.at(value), found.nodes)

    def slot_without_function(self, value: CST) -> n.SlotTemplate:
        """`slotCell={<UText text={current.item.name}/>}`: who gives `current` is missing."""
        place = self.at(value)
        fix = safe("write `(current) =>`", [self.insert(place.at_start(), "(current) => ")])
        self.fault(rules.SLOT_FUNCTION, place, fix, name="current")
        with self.slot_scope("current", {}):
            return n.SlotTemplate(place, (n.Ident(place.at_start(), "current"),), self.content_of(value))

    def is_slot_content(self, cst: CST) -> bool:
        """Is it `{(current) => <A/>}` between tags?"""
        inner = parts(cst) if cst.type == "jsx_expression" else []
        return len(inner) == 1 and inner[0].type == "arrow_function" and self.gives_element(field(inner[0], "body"))

    @abstractmethod
    def slot_template(self, cst: CST) -> n.SlotTemplate: ...  # ElementLowering

    def child_slot(self, cst: CST, opening: CST) -> n.Attribute | None:
        """`<UListComponents>{(current) => <A/>}</UListComponents>`: the function belongs into an attribute."""
        if not ChoiceLowering.is_slot_content(self, cst):
            return None
        name = "slotCell" if "Column" in self.text(field(opening, "name")) else "slotDefault"
        inner = parts(cst)[0]
        edits = [
            self.insert(self.at(opening.children[-1]).at_start(), f" {name}={{{self.text(inner)}}}"),
            Edit(self.whole_line(cst), ""),
        ]
        instead = f"{name}={{(current) => <…/>}}"
        self.fault(rules.TEMPLATE_SLOT, cst, safe(f"write `{name}`", edits), instead=instead)
        place = self.at(cst)
        return n.Attribute(place, n.Ident(place.at_start(), name), self.slot_template(inner))

    def row_children(self, cst: CST, opening: CST, component: str) -> n.Attribute | None:
        """Elements about `current` between the tags of a component that gives it only to a slot."""
        name = _ROW_SLOTS.get(component)
        children = [child for child in cst.children if child.type in _ELEMENTS]
        inside = [child for child in cst.named_children if child.type not in _OUTER and self.text(child).strip()]
        if name is None or not children or len(children) != len(inside) or not any(map(self.about_row, children)):
            return None
        first, last = field(cst, "open_tag").end_byte, field(cst, "close_tag").start_byte
        text = self.prepared.text(first, last).strip()
        written = text if len(children) == 1 else f"<>{text}</>"
        edits = [
            self.insert(self.at(opening.children[-1]).at_start(), f" {name}={{(current) => {written}}}"),
            Edit(self.prepared.span(first, last), ""),
        ]
        fix = safe(f"write `{name}`", edits)
        self.fault(rules.SLOT_FUNCTION, children[0], fix, name="current")
        place = self.at(children[0])
        with self.slot_scope("current", {}):
            content = self.children(cst)
        one = content[0] if len(content) == 1 and isinstance(content[0], n.Element) else None
        body = one or n.Fragment(self.between(children[0], children[-1]), content)
        template = n.SlotTemplate(place, (n.Ident(place.at_start(), "current"),), body)
        return n.Attribute(place, n.Ident(place.at_start(), name), template)

    def row_slot(self, cst: CST, value: CST) -> n.SlotTemplate:
        """`slotCell={current.item.name}`: neither a function nor an element."""
        text = f"(current) => <UText text={{{self.text(value)}}}></UText>"
        self.fault(rules.TEXT_SLOT, cst, safe("write a function", [self.replace(cst, f"{{{text}}}")]), instead=text)
        place = self.at(value)
        with self.slot_scope("current", {}):
            element = self.text_element(place, self.expr(value))
        return n.SlotTemplate(place, (n.Ident(place.at_start(), "current"),), element)

    def between_rule(self, inner: CST) -> Rule:
        while inner.type == "parenthesized_expression" and parts(inner):
            inner = parts(inner)[0]
        if inner.type in ("binary_expression", "ternary_expression"):
            return rules.ELEMENT_CONDITION
        return rules.ELEMENT_LOOP if inner.type == "call_expression" else rules.ELEMENT_BRACES

    def place_between(self, inner: CST) -> Span:
        """What to point at: the condition or the call, not the elements in it."""
        if inner.type == "binary_expression":
            return self.between(field(inner, "left"), field(inner, "operator"))
        if inner.type == "ternary_expression":
            return self.at(field(inner, "condition"))
        return self.at(field(inner, "function")) if inner.type == "call_expression" else self.at(inner)

    def rewriting(self, cst: CST, test: Test | None) -> Rewriting:
        """The elements that an expression gives, under a condition."""
        with self.deeper():
            if cst.type == "parenthesized_expression" and len(parts(cst)) == 1:
                return self.rewriting(parts(cst)[0], test)
            if cst.type in _ELEMENTS:
                return self.conditional_element(cst, test)
            if cst.type == "binary_expression":
                return self.rewriting_of_and(cst, test)
            if cst.type == "ternary_expression":
                return self.rewriting_of_choice(cst, test)
            if cst.type == "call_expression" and self.loop_body(cst) is not None:
                return self.rewriting_of_loop(cst, test)
            if self.text(cst) in _NOTHING:
                return Rewriting("", ())
            text = f"<UText text={{{self.moved_text(cst)}}}{self.if_text(test)}></UText>"
            element = self.text_element(self.at(cst), self.expr(cst))
            return Rewriting(text, (self.with_test(element, test),))

    def conditional_element(self, cst: CST, test: Test | None) -> Rewriting:
        found = self.content_of(cst)
        text = self.moved_text(cst)
        if isinstance(found, n.Fragment):
            if test is not None:
                inside = text[text.index(">") + 1 : text.rindex("<")]
                text = f'<ULinearLayout direction="vertical"{self.if_text(test)}>{inside}</ULinearLayout>'
                layout = n.Element(found.span, n.Ident(found.span, "ULinearLayout"), (), found.content)
                return Rewriting(text, (self.with_test(layout, test),))
            return Rewriting(text[text.index(">") + 1 : text.rindex("<")].strip(), found.content)
        if isinstance(found, n.Hole):
            return Rewriting(None, (found,))
        if test is None:
            return Rewriting(text, (found,))
        if any(attribute.name.name == "_if" for attribute in found.attributes):
            return Rewriting(None, (found,))
        name = re.match(r"<\s*[\w$.:-]+", text)
        written = text[: name.end()] + self.if_text(test) + text[name.end() :] if name is not None else None
        return Rewriting(written, (self.with_test(found, test),))

    def rewriting_of_and(self, cst: CST, test: Test | None) -> Rewriting:
        left, op, right = fields(cst, "left", "operator", "right")
        if self.text(op) != "&&":
            return Rewriting(None, self.rewriting(right, None).nodes)
        return self.rewriting(right, self.both(test, self.test_of(left)))

    def rewriting_of_choice(self, cst: CST, test: Test | None) -> Rewriting:
        condition, then, otherwise = fields(cst, "condition", "consequence", "alternative")
        given = self.test_of(condition)
        first = self.rewriting(then, self.both(test, given))
        second = self.rewriting(otherwise, self.both(test, self.opposite(condition, given)))
        text = None
        if first.text is not None and second.text is not None:
            line = f"\n{self.indent(cst)}" if first.text and second.text else ""
            text = f"{first.text}{line}{second.text}"
        return Rewriting(text, (*first.nodes, *second.nodes))

    def rewriting_of_loop(self, cst: CST, test: Test | None) -> Rewriting:
        """`xs.map((x, i) => <A/>)` as a UListComponents with the element in its slot."""
        callee, args = fields(cst, "function", "arguments")
        function = self.loop_body(cst)
        assert function is not None
        source = field(callee, "object") if callee.type == "member_expression" else None
        if source is None or self.text(source) in ("nasl.util", "Array", "Object"):
            source = next((arg for arg in parts(args) if arg.start_byte != function.start_byte), callee)
        data = self.test_of(source)
        body = field(function, "body")
        statements = body.type == "statement_block"
        inner = self.returned(body) if statements else body
        name = "current" if "current" not in self.slot_names else self.fresh("current")
        with self.slot_scope(name, self.loop_names(function, name)):
            found = self.rewriting(inner, None)
        place = self.at(cst)
        slot = found.nodes[0] if len(found.nodes) == 1 and isinstance(found.nodes[0], n.Element) else None
        content = slot or n.Fragment(self.at(inner), found.nodes)
        template = n.SlotTemplate(place, (n.Ident(place, name),), content)
        element = n.Element(place, n.Ident(place, "UListComponents"), (
            n.Attribute(self.at(source), n.Ident(place, "dataSource"), data.node),
            n.Attribute(place, n.Ident(place, "slotDefault"), template),
        ), ())  # fmt: skip
        text = None
        column = slot is not None and "Column" in slot.tag.name  # of a table, which repeats its rows itself
        if found.text is not None and not column and (not statements or len(parts(body)) == 1):
            whole = found.text if slot is not None else f"<>{found.text}</>"
            head = f"<UListComponents dataSource={{{data.text}}}{self.if_text(test)}"
            text = f"{head} slotDefault={{({name}) => {whole}}}></UListComponents>"
        return Rewriting(text, (self.with_test(element, test),))

    def returned(self, body: CST) -> CST:
        returns = [part for part in parts(body) if part.type == "return_statement" and parts(part)]
        return parts(returns[-1])[0] if returns else body

    def loop_names(self, function: CST, name: str) -> dict[str, tuple[str, ...]]:
        """What the names of a loop's function are in a slot: `x` is `current.item`."""
        single, several = fields(function, "parameter", "parameters")
        given = [single] if single is not None else [field(part, "pattern") or part for part in parts(several)]
        found: dict[str, tuple[str, ...]] = {}
        for part, field_name in zip(given, ("item", "index"), strict=False):
            if part.type == "identifier":
                found[self.text(part)] = (name, field_name)
            elif part.type == "object_pattern":
                for one in parts(part):
                    if one.type == "shorthand_property_identifier_pattern":
                        found[self.text(one)] = (name, field_name, self.text(one))
        return found

    # --- conditions

    def test_of(self, cst: CST) -> Test:
        while cst.type == "parenthesized_expression" and len(parts(cst)) == 1:
            cst = parts(cst)[0]
        return Test(self.moved_text(cst), self.expr(cst))

    def both(self, first: Test | None, second: Test) -> Test:
        if first is None:
            return second
        texts = [f"({one.text})" if "||" in one.text or "?" in one.text else one.text for one in (first, second)]
        node = n.Binary(first.node.span.to(second.node.span), "&&", first.node, second.node)
        return Test(" && ".join(texts), node)

    def opposite(self, cst: CST, test: Test) -> Test:
        """`!(a > b)`; `!a` is `a` again."""
        plain = isinstance(test.node, (n.Name, n.Member, n.Call))
        text = test.text[1:].strip() if test.text.startswith("!") and isinstance(test.node, n.Unary) else None
        if text is not None and isinstance(test.node, n.Unary):
            return Test(text, test.node.operand)
        return Test(f"!{test.text}" if plain else f"!({test.text})", n.Unary(self.at(cst), "!", test.node))

    def if_text(self, test: Test | None) -> str:
        return f" _if={{{test.text}}}" if test is not None else ""

    def with_test(self, element: n.Element, test: Test | None) -> n.Element:
        if test is None:
            return element
        attribute = n.Attribute(test.node.span, n.Ident(test.node.span, "_if"), test.node)
        return replace(element, attributes=(*element.attributes, attribute))

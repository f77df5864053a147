"""Elements of a page: tags, attributes, handlers, slots and what stands between the tags."""

import html
import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.comments import comment_node
from naslforge.lang.lower.damage import UNREAD
from naslforge.lang.lower.element_habits import Content, pascal
from naslforge.lang.lower.vue_habits import VueHabits

ELEMENTS = ("jsx_element", "jsx_self_closing_element")
_EVENT = re.compile(r"on[A-Z]")
_SLOT = re.compile(r"slot[A-Z]")
_FUNCTIONS = ("function_expression", "arrow_function")
_NO_COMMENTS = {*ELEMENTS, "statement_block", "template_string", "string"}

Value = n.Expr | n.Function | n.HandlerList | n.SlotTemplate | n.Element | n.Fragment


class ElementLowering(VueHabits):
    """TSX to elements; comments among attributes move before the element."""

    def content_of(self, cst: CST) -> "n.Element | n.Fragment | n.Hole":
        """The elements of a slot or a root."""
        with self.deeper():
            while cst.type == "parenthesized_expression" and len(parts(cst)) == 1:
                self.loose += self.comments_beside(cst)
                cst = parts(cst)[0]
            if cst.type not in ELEMENTS:
                return self.hole(cst)
            if self.text(cst) == UNREAD:
                return self.hole(cst)
            opening = field(cst, "open_tag") or cst
            if field(opening, "name") is not None:
                return self.element(cst)
            if opening is not cst:
                return n.Fragment(self.at(cst), self.children(cst))
            self.fault(rules.SYNTAX_ERROR, cst, text=f"`{self.text(cst)}`")  # `</>` alone
            return self.hole(cst)

    def element(self, cst: CST) -> n.Element:
        opening = field(cst, "open_tag") or cst
        tag = self.tag(field(opening, "name"))
        found = [attribute for part in opening.children for attribute in self.attributes(part)]
        content: tuple[Content, ...] = ()
        if opening is not cst:
            text = self.own_text(cst, opening, tag.name, {one.name.name for one in found})
            found += [text] if text is not None else []
            slots = (self.template_slot(child, opening) or self.child_slot(child, opening) for child in cst.children)
            found += [slot for slot in slots if slot is not None]
            rows = self.row_children(cst, opening, tag.name) if text is None else None
            found += [rows] if rows is not None else []
            content = self.children(cst) if text is None and rows is None else ()
            self.closing_tag(opening, field(cst, "close_tag"))
        return n.Element(self.at(cst), tag, tuple(found), content)

    def tag(self, cst: CST) -> n.Ident:
        """`u-text` and `UText` are the same tag."""
        text = "".join(self.text(cst).split())
        return n.Ident(self.at(cst), pascal(text) if "-" in text else self.plain_tag(cst, text))

    # --- attributes

    def attributes(self, cst: CST) -> list[n.Attribute]:
        """The attribute that a part of an opening tag is; none for other parts, which are reported or comments."""
        if cst.type == "comment":
            self.loose.append(self.element_comment(cst))
        elif cst.is_error or cst.is_missing:
            self.report_fault(cst)
        elif cst.type == "jsx_expression":
            self.spread_attributes(cst)
        elif cst.type == "jsx_attribute":
            found = self.attribute(cst)
            return [found] if found is not None else []
        return []

    def attribute(self, cst: CST) -> n.Attribute | None:
        name, *value = parts(cst)
        ident = self.attribute_name(cst, name)
        if ident is None:
            return None
        self.loose += self.comments_beside(cst)
        fault = self.own_fault(cst) if cst.has_error else None
        if fault is not None:
            self.report_fault(fault)
            return n.Attribute(self.at(cst), ident, self.hole(value[-1] if value else cst))
        if not value:
            return n.Attribute(self.at(cst), ident, None)
        if value[0].type == "string":
            return self.text_attribute(cst, ident, value[0])
        with self.deeper():
            return n.Attribute(self.at(cst), ident, self.braced(ident, value[0]))

    def text_attribute(self, cst: CST, name: n.Ident, value: CST) -> n.Attribute:
        """`a="text"`: quotes as in HTML, no escapes but `&quot;` and the like."""
        text = n.Text(self.at(value), html.unescape(self.text(value)[1:-1].replace("\r\n", "\n")))
        if is_slot(name.name):
            return n.Attribute(self.at(cst), name, self.text_slot(value, text, self.text(value)))
        return n.Attribute(self.at(cst), name, text, braced=False)

    def braced(self, name: n.Ident, cst: CST) -> Value:
        """The value in braces, or an element that stands without them."""
        inside = parts(cst)
        if cst.type == "jsx_expression" and len(inside) != 1:
            return self.empty_braces(cst)
        value = inside[0] if cst.type == "jsx_expression" else cst
        while value.type == "parenthesized_expression" and len(parts(value)) == 1:
            value = parts(value)[0]
        if value.type in ELEMENTS and is_slot(name.name) and self.about_row(value):
            return self.slot_without_function(value)
        if value.type in ELEMENTS:
            return self.content_of(value)
        if is_event(name.name):
            return self.handlers(name, value)
        if value.type == "arrow_function" and (self.gives_element(field(value, "body")) or is_slot(name.name)):
            return self.slot_template(value)
        if value.type == "arrow_function":
            return self.lambda_(value)
        if value.type == "function_expression":
            return self.handler(name, value)
        if is_slot(name.name) and not self.gives_element(value) and self.about_row(value):
            return self.row_slot(cst, value)
        if is_slot(name.name) or self.gives_element(value):
            return self.slot_value(cst, value)
        return self.expr(value)

    def handlers(self, name: n.Ident, cst: CST) -> "n.Expr | n.Function | n.HandlerList":
        """The value of an event: a handler written in place, the name of a page logic, or several of both."""
        if cst.type in _FUNCTIONS:
            return self.handler(name, cst)
        if cst.type == "array":
            return n.HandlerList(self.at(cst), tuple(self.handlers(name, part) for part in parts(cst)))  # type: ignore[misc]
        return self.handler_habit(name, cst)

    def handler(self, name: n.Ident, cst: CST) -> n.Function:
        """`function save(event) {…}` in place."""
        written = field(cst, "name")
        if cst.type == "function_expression" and written is not None:
            return self.function(cst, cst, self.ident(written), None)
        return self.nameless_handler(name, cst)

    # --- slots

    def slot_template(self, cst: CST) -> n.SlotTemplate:
        """`(current) => <A/>`."""
        body = field(cst, "body")
        params, renamed = self.slot_params(cst, body)
        if body.type == "statement_block":
            body = self.block_slot(body)
        with self.slot_scope(params[0].name if params else "", renamed):
            return n.SlotTemplate(self.at(cst), params, self.slot_value(body, body))

    def slot_value(self, cst: CST, value: CST) -> "n.Element | n.Fragment | n.Hole":
        """What a slot holds; a text or value becomes an element, a choice one with `_if`. `cst` is replaced."""
        while value.type == "parenthesized_expression" and len(parts(value)) == 1:
            value = parts(value)[0]
        if value.type in ELEMENTS:
            return self.content_of(value)
        if self.gives_element(value):
            return self.choice_in_slot(cst, value)
        if value.type in ("statement_block", "null", "undefined"):
            return self.hole(value)
        node = self.expr(value)
        return self.text_slot(cst, node, f"{{{self.text(value)}}}")

    # --- between the tags

    def children(self, cst: CST) -> tuple[Content, ...]:
        """The content of an element or fragment; texts and values between elements are a habit."""
        found: list[Content] = []
        row: list[CST] = []  # of texts and values
        for child in cst.children:
            if child.type in ("jsx_opening_element", "jsx_closing_element") or self.is_slot_content(child):
                continue
            if self.is_text(child):
                row.append(child)
                continue
            found += self.texts_between(row)
            row = []
            before = len(self.loose)
            nodes = self.child(child)
            found += self.loose[before:]
            del self.loose[before:]
            found += nodes
        return (*found, *self.texts_between(row))

    def child(self, cst: CST) -> list[Content]:
        if cst.is_error or cst.is_missing:
            self.report_fault(cst)
            return [self.hole(cst)]
        if cst.type == "jsx_expression":
            comments = [self.element_comment(part) for part in cst.named_children if part.type == "comment"]
            fault = self.own_fault(cst) if cst.has_error else None
            if fault is not None:
                self.report_fault(fault)
                return [*comments, self.hole(cst)]
            if parts(cst) and self.names_element(parts(cst)[0]):
                return [*comments, self.hole(cst)]
            return [*comments, *self.braces_between(cst, parts(cst)[0])] if parts(cst) else [*comments]
        if cst.type in ELEMENTS:
            loop = self.vue_loop(cst)
            if loop is not None:
                return loop
            found = self.content_of(cst)
            return list(found.content) if isinstance(found, n.Fragment) else [found]
        return []

    # --- comments

    def element_comment(self, cst: CST) -> n.Comment:
        """A comment among elements, which has to be one with an end."""
        braces = cst.parent if cst.parent is not None and cst.parent.type == "jsx_expression" else cst
        found = comment_node(self, cst, first=True, column=braces.start_point[1])
        text = found.text
        if text.startswith("//"):
            text = f"/* {text[2:].strip().replace('*/', '* /')} */"
        return n.Comment(self.at(cst), text)

    def comments_beside(self, cst: CST) -> list[n.Comment]:
        """The comments in a construct, but not those of elements and blocks inside it."""
        if b"/*" not in (text := cst.text or b"") and b"//" not in text:
            return []
        found: list[n.Comment] = []
        stack = [child for child in reversed(cst.children) if child.type not in _NO_COMMENTS]
        while stack:
            part = stack.pop()
            if part.type == "comment":
                found.append(self.element_comment(part))
            else:
                stack += [child for child in reversed(part.children) if child.type not in _NO_COMMENTS]
        return found


def is_event(name: str) -> bool:
    return _EVENT.match(name) is not None


def is_slot(name: str) -> bool:
    return _SLOT.match(name) is not None

"""Elements of a page: tags, attributes, handlers, slots and what stands between the tags."""

import html
import re

from naslforge.lang import nodes as n
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.comments import comment_node
from naslforge.lang.lower.element_habits import ElementHabits

ELEMENTS = ("jsx_element", "jsx_self_closing_element")
_EVENT = re.compile(r"on[A-Z]")
_FUNCTIONS = ("function_expression", "arrow_function")
_NO_COMMENTS = {*ELEMENTS, "statement_block", "template_string", "string"}


class ElementLowering(ElementHabits):
    """TSX to elements; comments among attributes move before the element."""

    def content_of(self, cst: CST) -> "n.Element | n.Fragment | n.Hole":
        """The elements of a slot or a root."""
        with self.deeper():
            while cst.type == "parenthesized_expression" and len(parts(cst)) == 1:
                self.loose += self.comments_beside(cst)
                cst = parts(cst)[0]
            if cst.type not in ELEMENTS:
                return n.Hole(self.at(cst))
            opening = field(cst, "open_tag")
            if opening is not None and field(opening, "name") is None:
                return n.Fragment(self.at(cst), self.children(cst))
            return self.element(cst)

    def element(self, cst: CST) -> n.Element:
        opening = field(cst, "open_tag") or cst
        tag = self.tag(field(opening, "name"))
        attributes = tuple(
            found for part in opening.children if part.is_named or part.is_missing for found in self.attributes(part)
        )
        content = self.children(cst) if opening is not cst else ()
        self.closing_tag(cst, opening)
        return n.Element(self.at(cst), tag, attributes, content)

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
            return [self.attribute(cst)]
        return []

    def attribute(self, cst: CST) -> n.Attribute:
        name, *value = parts(cst)
        ident = self.attribute_name(cst, name)
        self.loose += self.comments_beside(cst)
        fault = self.own_fault(cst) if cst.has_error else None
        if fault is not None:
            self.report_fault(fault)
            return n.Attribute(self.at(cst), ident, n.Hole(self.at(value[-1] if value else cst)))
        if not value:
            return n.Attribute(self.at(cst), ident, None)
        if value[0].type == "string":
            return self.text_attribute(cst, ident, value[0])
        with self.deeper():
            return n.Attribute(self.at(cst), ident, self.braced(ident, value[0]))

    def text_attribute(self, cst: CST, name: n.Ident, value: CST) -> n.Attribute:
        """`a="text"`: quotes as in HTML, no escapes but `&quot;` and the like."""
        text = html.unescape(self.text(value)[1:-1].replace("\r\n", "\n"))
        return n.Attribute(self.at(cst), name, n.Text(self.at(value), text), braced=False)

    def braced(self, name: n.Ident, cst: CST) -> "n.Expr | n.Function | n.HandlerList | n.SlotTemplate | n.Element | n.Fragment":  # fmt: skip  # noqa: E501
        """The value in braces, or an element that stands without them."""
        inner = parts(cst)[0] if cst.type == "jsx_expression" and len(parts(cst)) == 1 else cst
        if inner is cst and cst.type == "jsx_expression":
            return self.empty_braces(name, cst)
        bare = inner
        while bare.type == "parenthesized_expression" and len(parts(bare)) == 1:
            bare = parts(bare)[0]
        if bare.type in ELEMENTS:
            return self.content_of(bare)
        if is_event(name.name):
            return self.handlers(name, bare)
        if bare.type == "arrow_function":
            return self.slot_template(bare) if self.gives_element(bare) else self.lambda_(bare)
        if bare.type == "function_expression":
            return self.handler(name, bare)
        return self.attribute_value(name, bare)

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

    def slot_template(self, cst: CST) -> n.SlotTemplate:
        """`(current) => <A/>`."""
        params, body = self.lambda_params(cst), field(cst, "body")
        if body.type == "statement_block":
            body = self.block_slot(body)
        return n.SlotTemplate(self.at(cst), params, self.content_of(body))

    # --- between the tags

    def children(self, cst: CST) -> "tuple[n.Element | n.Comment | n.Hole, ...]":
        """The content of an element or fragment; texts and values between elements are a habit."""
        found: list[n.Element | n.Comment | n.Hole] = []
        said: list[CST] = []  # a row of texts and values
        for child in cst.children:
            if child.type in ("jsx_opening_element", "jsx_closing_element"):
                continue
            if child.type in ("jsx_text", "html_character_reference") or self.is_value(child):
                said.append(child)
                continue
            found += self.text_between(said)
            said = []
            before = len(self.loose)
            nodes = self.child(child)
            found += self.loose[before:]
            del self.loose[before:]
            found += nodes
        return (*found, *self.text_between(said))

    def child(self, cst: CST) -> "list[n.Element | n.Comment | n.Hole]":
        if cst.is_error or cst.is_missing:
            self.report_fault(cst)
            return [n.Hole(self.at(cst))]
        if cst.type == "jsx_expression":
            comments = [self.element_comment(part) for part in cst.named_children if part.type == "comment"]
            return [*comments, *self.child_habit(cst, parts(cst)[0])] if parts(cst) else [*comments]
        if cst.type in ELEMENTS:
            found = self.content_of(cst)
            return list(found.content) if isinstance(found, n.Fragment) else [found]
        return []

    # --- comments

    def element_comment(self, cst: CST) -> n.Comment:
        """A comment among elements, which has to be one with an end."""
        found = comment_node(self, cst, first=True)
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


def pascal(tag: str) -> str:
    """`u-table-view` as `UTableView`."""
    return "".join(part[:1].upper() + part[1:] for part in tag.split("-"))

"""What writers of React and HTML put into tags and attributes: reported, mended where an edit can, read as meant."""

import re
from abc import abstractmethod
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.foreign_attributes import HTML_EVENTS, camel
from naslforge.lang.lower.functions import FunctionLowering
from naslforge.lang.lower.reader import safe, unsafe

Content = n.Element | n.Comment | n.Hole

_LAYOUTS = "div template section main article header footer nav aside ul ol li body html center"
_TEXTS = "span p h1 h2 h3 h4 h5 h6 label strong em b i small code pre"
HTML_TAGS = {
    **dict.fromkeys(_LAYOUTS.split(" "), "ULinearLayout"), **dict.fromkeys(_TEXTS.split(" "), "UText"),
    "button": "UButton", "a": "ULink", "img": "UImage", "input": "UInput", "textarea": "UTextarea",
    "select": "USelect", "option": "USelectItem", "form": "UForm", "table": "UTableView",
}  # fmt: skip
LIFE = {"onCreated": "init", "onMounted": "mounted", "onUpdated": "updated", "onDestroyed": "destroyed"}
_SURE_TAGS = {"ULinearLayout", "UText", "UButton"}
_NAMES = {"className": "class", "v-if": "_if", "v-show": "_show", "v-text": "text"}
_ELEMENTS = ("jsx_element", "jsx_self_closing_element")


class ElementHabits(FunctionLowering):
    """Habits in tags and attributes."""

    loose: list[n.Comment]  # comments that wait for the next place where one can stand

    @abstractmethod
    def content_of(self, cst: CST) -> "n.Element | n.Fragment | n.Hole": ...  # ElementLowering

    @abstractmethod
    def children(self, cst: CST) -> tuple[Content, ...]: ...  # ElementLowering

    # --- tags

    def plain_tag(self, cst: CST, text: str) -> str:
        """The component that an HTML tag stands for; any other tag as it is."""
        component = HTML_TAGS.get(text)
        if component is None:
            return text
        opening = cst.parent
        whole = opening.parent if opening is not None and opening.type == "jsx_opening_element" else None
        closing = field(whole, "close_tag") if whole is not None else None
        names = [cst, *([field(closing, "name")] if closing is not None else [])]
        sure = safe if component in _SURE_TAGS else unsafe
        fix = sure(f"write `<{component}>`", [self.replace(name, component) for name in names if name is not None])
        self.fault(rules.HTML_TAG, cst, fix, tag=text, component=component)
        return component

    def closing_tag(self, opening: CST, closing: CST | None) -> None:
        """The grammar takes any closing tag for the partner of the one before."""
        name, other = field(opening, "name"), field(closing, "name") if closing is not None else None
        if name is None or other is None or pascal(self.text(name)) == pascal(self.text(other)):
            return
        fix = unsafe(f"write `</{self.text(name)}>`", [self.replace(other, self.text(name))])
        self.fault(rules.MISMATCHED_TAG, closing, fix, name=self.text(other), opened=self.text(name))  # type: ignore[arg-type]

    # --- attributes

    def spread_attributes(self, cst: CST) -> None:
        self.fault(rules.SPREAD_ATTRIBUTES, cst, text=self.text(cst))

    def attribute_name(self, cst: CST, name: CST) -> n.Ident | None:
        """The name as NASL has it, None for an attribute that is left out."""
        text = self.text(name)
        if text == "key":
            place = self.prepared.span(len(self.prepared.data[: cst.start_byte].rstrip()), cst.end_byte)
            self.fault(rules.KEY_ATTRIBUTE, cst, safe("leave it out", [Edit(place, "")]))
            return None
        better = self.better_name(cst, text)
        if better != text:
            fix = safe(f"write `{better}`", [self.replace(name, better)])
            self.fault(rules.ATTRIBUTE_NAME, name, fix, name=text, instead=better)
        return n.Ident(self.at(name), better)

    def better_name(self, cst: CST, text: str) -> str:
        if text in _NAMES:
            return _NAMES[text]
        if text in HTML_EVENTS:
            return HTML_EVENTS[text]
        if text == "style" and self.is_object(cst):
            return "$dynamicStyle"
        return camel(text) if "-" in text and ":" not in text and not text.startswith(("aria-", "v-")) else text

    def is_object(self, cst: CST) -> bool:
        """Is the value an object in braces, `{{ … }}`?"""
        inner = parts(parts(cst)[-1])
        return len(inner) == 1 and inner[0].type == "object"

    def empty_braces(self, cst: CST) -> n.Hole:
        self.fault(rules.MISSING_NAME, cst)
        return self.hole(cst)

    # --- handlers

    def handler_habit(self, name: n.Ident, cst: CST) -> "n.Expr | n.Function":
        """`onClick={save()}`: what is done, where the function is wanted that does it."""
        if cst.type not in ("call_expression", "assignment_expression", "augmented_assignment_expression",
                            "update_expression", "await_expression", "sequence_expression"):  # fmt: skip
            return self.expr(cst)
        callee = field(cst, "function") if cst.type == "call_expression" else None
        if callee is not None and callee.type == "identifier" and not parts(field(cst, "arguments")):
            instead = self.text(callee)
            fix = safe(f"write `{instead}`", [self.replace(cst, instead)])
            self.fault(rules.HANDLER_CALL, cst, fix, text=self.text(cst), instead=instead)
            return self.expr(callee)
        wish = self.fresh(handler_name(name.name))
        fix = safe("write a function", [self.replace(cst, f"function {wish}(event) {{ {self.text(cst)}; }}")])
        self.fault(
            rules.HANDLER_CALL, cst, fix, text=self.text(cst).split("\n")[0], instead=f"function {wish}(event) {{ … }}"
        )
        return self.function_of(cst, wish, (), cst)

    def nameless_handler(self, name: n.Ident, cst: CST) -> n.Function:
        """`() => save()` and `function (event) {…}` as a handler."""
        wish = self.fresh(handler_name(name.name))
        params, body = self.params_of(cst), field(cst, "body")
        default = "" if name.name in LIFE else "event"
        head = f"function {wish}({', '.join(param.span.text for param in params) or default}) "
        edits = [Edit(self.prepared.span(cst.start_byte, body.start_byte), head)]
        if body.type != "statement_block":
            edits = [Edit(edits[0].span, head + "{ "), self.insert(self.at(body).at_end(), "; }")]
        self.fault(rules.NAMELESS_HANDLER, self.prepared.span(cst.start_byte, body.start_byte),
                   safe("give it a name", edits), instead=head.strip())  # fmt: skip
        return self.function_of(cst, wish, params, body)

    def function_of(self, cst: CST, name: str, params: tuple[n.Param, ...], body: CST) -> n.Function:
        """A handler that was written without a name."""
        place = self.at(cst).at_start()
        given = params or (() if name in LIFE.values() else (n.Param(place, n.Ident(place, "event"), None),))
        return n.Function(self.at(cst), n.Ident(place, name), None, (), given, None, self.effects(body, given))

    # --- slots

    def text_slot(self, cst: CST, value: n.Expr, written: str, **facts: Any) -> n.Element:
        """`slotTitle="City"`: a text where elements belong."""
        text = f"<UText text={written}></UText>"
        instead = f"{{{text}}}" if cst.type in ("string", "jsx_expression") else text
        self.fault(rules.TEXT_SLOT, cst, safe(f"write `{text}`", [self.replace(cst, instead)]), instead=text)
        return self.text_element(self.at(cst), value)

    def text_element(self, place: Any, value: n.Expr) -> n.Element:
        """The UText that stands for a text or value."""
        attribute = n.Attribute(place, n.Ident(place, "text"), value)
        return n.Element(place, n.Ident(place, "UText"), (attribute,), ())

    def gives_element(self, cst: CST | None) -> bool:
        """Is it an element, or a choice among elements?"""
        if cst is None:
            return False
        if cst.type in _ELEMENTS:
            return True
        if cst.type == "parenthesized_expression":
            return any(map(self.gives_element, parts(cst)))
        if cst.type == "statement_block":
            returns = [part for part in parts(cst) if part.type == "return_statement"]
            return bool(returns) and any(map(self.gives_element, parts(returns[-1])))
        if cst.type in ("binary_expression", "ternary_expression"):
            return any(self.gives_element(field(cst, side)) for side in ("right", "consequence", "alternative"))
        return cst.type == "call_expression" and self.loop_body(cst) is not None

    def loop_body(self, cst: CST) -> CST | None:
        """The function in `xs.map((x) => <A/>)`."""
        args = field(cst, "arguments")
        given = parts(args) if args is not None else []
        found = [one for one in given if one.type in ("arrow_function", "function_expression")]
        return found[0] if len(found) == 1 and self.gives_element(field(found[0], "body")) else None

    def block_slot(self, body: CST) -> CST:
        """`(current) => { return <A/>; }`."""
        inner = parts(body)
        returned = [part for part in inner if part.type == "return_statement" and parts(part)]
        if not returned:
            alone = [part for part in inner if part.type == "expression_statement" and parts(part)]
            element = parts(alone[0])[0] if len(inner) == 1 and alone else None
            if element is None or not self.gives_element(element):
                self.fault(rules.BLOCK_LAMBDA, body)
                return body
            fix = safe("write the element alone", [self.replace(body, self.text(element))])
            self.fault(rules.BLOCK_LAMBDA, body, fix)
            return element
        value = parts(returned[-1])[0]
        fixes = [safe("write the element alone", [self.replace(body, self.text(value))])] if len(inner) == 1 else []
        self.fault(rules.BLOCK_LAMBDA, body, *fixes)
        return value


def handler_name(event: str) -> str:
    """What to call the handler of an event: `handleClick`; `init` and the like in the life cycle."""
    if event in LIFE:
        return LIFE[event]
    return "handle" + re.sub(r"^on", "", event)[:1].upper() + re.sub(r"^on", "", event)[1:]


def pascal(tag: str) -> str:
    """`u-table-view` as `UTableView`."""
    return "".join(part[:1].upper() + part[1:] for part in tag.split("-")) if "-" in tag else tag

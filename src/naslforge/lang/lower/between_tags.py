"""What stands between tags though only elements may: texts, values, conditions and loops of TSX."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Rule
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.element_habits import Content, ElementHabits
from naslforge.lang.lower.reader import safe
from naslforge.lang.source import Span

TEXTED = {  # components that show a text of their own, also by names that are not quite theirs
    "UText", "UButton", "ULink", "USelectItem", "Text", "Button", "Link", "ElButton", "ElText", "ElLink", "VanButton",
}  # fmt: skip
_NOTHING = ("null", "false", "undefined", "true", "''", '""')
_TAGS = ("jsx_opening_element", "jsx_closing_element", "jsx_self_closing_element")
_ELEMENTS = ("jsx_element", "jsx_self_closing_element")
_STATEMENTS = ("if_statement", "for_in_statement", "for_statement", "switch_statement")


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


class BetweenTags(ElementHabits):
    """Texts and braces among elements."""

    renamed: dict[str, tuple[str, ...]] = {}  # names of a loop, and what they are in the slot  # noqa: RUF012
    slot_names: list[str]
    element_names: frozenset[str] = frozenset()  # what the page calls elements

    # --- texts and values

    def is_text(self, cst: CST) -> bool:
        """A text, or a value in braces that gives no element."""
        if cst.type in ("jsx_text", "html_character_reference"):
            return True
        inner = parts(cst) if cst.type == "jsx_expression" else []
        if inner and self.names_element(inner[0]):
            return False
        return len(inner) == 1 and not self.gives_element(inner[0]) and inner[0].type not in _STATEMENTS

    def names_element(self, cst: CST) -> bool:
        """`{cell}` and `{renderCell(a)}` where the page declares these as elements, which was reported there."""
        name = field(cst, "function") if cst.type == "call_expression" else cst
        return self.text(name) in self.element_names

    def texts_between(self, row: list[CST]) -> list[Content]:
        """One UText for a row of texts and values."""
        spaces = [part for part in row if part.type != "jsx_text" and self.is_blank(part)]
        row = self.trimmed(row)
        if not row:
            for part in spaces:
                self.fault(rules.SPACE_BETWEEN, part, safe("leave it out", [self.drop(part)]))
            return []
        written, value = self.text_value(row)
        place = self.prepared.span(self.text_start(row[0]), self.text_end(row[-1]))
        instead = f"<UText text={written}></UText>"
        self.fault(rules.TEXT_BETWEEN, place, safe(f"write `{instead}`", [Edit(place, instead)]), instead=instead)
        return [self.text_element(place, value)]

    def own_text(self, cst: CST, opening: CST, component: str, taken: set[str]) -> n.Attribute | None:
        """`<UButton>Save</UButton>`: the text as the attribute `text`. None where the content is more."""
        inside = [child for child in cst.children if child.type not in _TAGS[:2]]
        row = self.trimmed(inside)
        if component not in TEXTED or "text" in taken or not row or not all(map(self.is_text, row)):
            return None
        written, value = self.text_value(row)
        place = self.prepared.span(self.text_start(row[0]), self.text_end(row[-1]))
        before, after = opening.end_byte, (field(cst, "close_tag") or cst).start_byte
        edits = [
            self.insert(self.at(opening.children[-1]).at_start(), f" text={written}"),
            Edit(self.prepared.span(before, after), ""),
        ]
        instead = f"<{component} text={written}></{component}>"
        self.fault(rules.TEXT_BETWEEN, place, safe(f"write `text={written}`", edits), instead=instead)
        return n.Attribute(place, n.Ident(place, "text"), value)

    def trimmed(self, row: list[CST]) -> list[CST]:
        """The row without what is only white space at its ends."""
        while row and self.is_blank(row[0]):
            row = row[1:]
        while row and self.is_blank(row[-1]):
            row = row[:-1]
        return row

    def is_blank(self, cst: CST) -> bool:
        """White space between lines, `&nbsp;`, `{' '}`."""
        if cst.type != "jsx_expression":
            return not plain_text(self.text(cst))
        inner = parts(cst)
        return len(inner) == 1 and inner[0].type == "string" and not self.text(inner[0])[1:-1].strip()

    def text_start(self, cst: CST) -> int:
        raw = self.prepared.data[cst.start_byte : cst.end_byte]
        return cst.start_byte + (len(raw) - len(raw.lstrip()) if cst.type == "jsx_text" else 0)

    def text_end(self, cst: CST) -> int:
        raw = self.prepared.data[cst.start_byte : cst.end_byte]
        return cst.start_byte + (len(raw.rstrip()) if cst.type == "jsx_text" else len(raw))

    def text_value(self, row: list[CST]) -> tuple[str, n.Expr]:
        """The value of `text=` for a row, written and as a tree."""
        if len(row) == 1 and row[0].type == "jsx_expression":
            inner = parts(row[0])[0]
            return f"{{{self.text(inner)}}}", self.expr(inner)
        place = self.at(row[0]).to(self.at(row[-1]))
        if not any(part.type == "jsx_expression" for part in row):
            said = plain_text("".join(self.text(part) for part in row))
            return quoted(said), n.Text(place, said)
        written, nodes = "", list[n.Expr]()
        for index, part in enumerate(row):
            if part.type == "jsx_expression":
                inner = parts(part)[0]
                written += f"${{{self.text(inner)}}}"
                nodes.append(self.expr(inner))
                continue
            said = plain_text(self.text(part), start=index > 0, end=index < len(row) - 1)
            written += said.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
            nodes.append(n.Text(self.at(part), said))
        return f"{{`{written}`}}", n.Template(place, tuple(nodes))

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

    def slot_params(self, cst: CST, body: CST) -> tuple[tuple[n.Ident, ...], dict[str, tuple[str, ...]]]:
        """The names of a slot's function, and what those of `({ item })` are in the slot."""
        several = field(cst, "parameters")
        given = parts(several) if several is not None else []
        pattern = field(given[0], "pattern") if len(given) == 1 else None
        if pattern is None or pattern.type != "object_pattern":
            return self.lambda_params(cst), {}
        name = "current" if "current" not in self.slot_names else self.fresh("current")
        names = {self.text(one) for one in parts(pattern) if one.type == "shorthand_property_identifier_pattern"}
        rows = ("row", "record", "item")
        renamed: dict[str, tuple[str, ...]] = {one: (name, "item" if one in rows else one) for one in names}
        with self.slot_scope(name, renamed):
            text = self.moved_text(body)
        fixes = [safe(f"write `({name})`", [self.replace(several, f"({name})"), self.replace(body, text)])]
        self.fault(rules.DESTRUCTURING, pattern, *fixes if len(names) == len(parts(pattern)) else [],
                   advice=f"; write `({name}) => …` and read `{name}.item`",
                   advice_zh=f"，应写 `({name}) => …`，再读 `{name}.item`")  # fmt: skip
        return (n.Ident(self.at(pattern), name),), renamed

    @contextmanager
    def slot_scope(self, name: str, renamed: dict[str, tuple[str, ...]]) -> Iterator[None]:
        before = self.renamed
        self.renamed = {**before, **renamed}
        self.slot_names.append(name)
        try:
            yield
        finally:
            self.renamed = before
            self.slot_names.pop()

    # --- names of a loop inside its slot

    def expr_identifier(self, cst: CST) -> n.Expr:
        path = self.renamed.get(self.text(cst)) if self.renamed else None
        if path is None:
            return super().expr_identifier(cst)
        place = self.at(cst)
        found: n.Expr = n.Name(place, path[0])
        for name in path[1:]:
            found = n.Member(place, found, n.Ident(place, name))
        return found

    expr_shorthand_property_identifier = expr_identifier

    def moved_text(self, cst: CST) -> str:
        """The text with the names of loops as they are in the slot."""
        if not self.renamed:
            return self.text(cst)
        pieces, at, stack = [], cst.start_byte, [cst]
        while stack:
            part = stack.pop()
            path = self.renamed.get(self.text(part)) if part.type.endswith("identifier") else None
            above = part.parent.type if part.parent is not None else ""
            if path is not None and part.type in ("identifier", "shorthand_property_identifier") and above not in _TAGS:
                key = f"{self.text(part)}: " if part.type == "shorthand_property_identifier" else ""
                pieces += [self.prepared.text(at, part.start_byte), key + ".".join(path)]
                at = part.end_byte
            stack += reversed(part.children)
        return "".join([*pieces, self.prepared.text(at, cst.end_byte)])

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


def plain_text(raw: str, start: bool = False, end: bool = False) -> str:
    """A text as a reader sees it: white space at line ends is one space; `start` and `end` keep the outer ones."""
    text = re.sub(r"\s+", " ", html.unescape(raw).replace("\xa0", " "))
    text = text if start else text.lstrip()
    return text if end else text.rstrip()


def quoted(text: str) -> str:
    """The text as a quoted attribute."""
    safe_text = text.replace("&", "&amp;")
    return f'"{safe_text}"' if '"' not in safe_text else '"' + safe_text.replace('"', "&quot;") + '"'

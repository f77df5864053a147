"""What stands between tags though only elements may: texts and values; and the names of a loop inside a slot."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.element_habits import Content, ElementHabits
from naslforge.lang.lower.reader import safe, unsafe

TEXTED = {  # components that show a text of their own, also by names that are not quite theirs
    "UText", "UButton", "ULink", "USelectItem", "Text", "Button", "Link", "ElButton", "ElText", "ElLink", "VanButton",
}  # fmt: skip
_TAGS = ("jsx_opening_element", "jsx_closing_element", "jsx_self_closing_element")
_STATEMENTS = ("if_statement", "for_in_statement", "for_statement", "switch_statement")


class BetweenTags(ElementHabits):
    """Texts and braces among elements."""

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
        sure = safe if re.search(r"\w", place.text) else unsafe  # marks alone are left over from something else
        self.fault(rules.TEXT_BETWEEN, place, sure(f"write `{instead}`", [Edit(place, instead)]), instead=instead)
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

    # --- names of a loop inside its slot

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

    # --- slots

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

    def about_row(self, cst: CST) -> bool:
        """Does it speak of `current` where no function and no variable of that name is around?"""
        if "current" in self.slot_names or "current" in self.head.taken:
            return False
        stack = [cst]
        while stack:
            part = stack.pop()
            if part.type == "identifier" and self.text(part) == "current":
                return True
            if part.type != "arrow_function" or not self.text(part).lstrip("(").startswith("current"):
                stack += part.children
        return False

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


def plain_text(raw: str, start: bool = False, end: bool = False) -> str:
    """A text as a reader sees it: white space at line ends is one space; `start` and `end` keep the outer ones."""
    text = re.sub(r"\s+", " ", html.unescape(raw).replace("\xa0", " "))
    text = text if start else text.lstrip()
    return text if end else text.rstrip()


def quoted(text: str) -> str:
    """The text as a quoted attribute."""
    safe_text = text.replace("&", "&amp;")
    return f'"{safe_text}"' if '"' not in safe_text else '"' + safe_text.replace('"', "&quot;") + '"'

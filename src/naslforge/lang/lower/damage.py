"""Faults that spoil everything round them: which line is to blame, and what is read in its place.

The grammar recovers well inside a line. Where it gives up (a large ERROR node, statements that fall out of their
logic), one line is the cause; a stand-in with the same braces lets the rest be read as it was meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from naslforge.lang.grammar import CST
from naslforge.lang.lower.prepare import Prepared

_WHOLE = re.compile(
    r"(?:.*_statement|.*_declaration|internal_module|module|comment|class_body|enum_body|function_signature"
    r"|public_field_definition|method_definition|enum_assignment|ambient_declaration)$"
)
_HEADER = re.compile(
    r"(?:export )?(?:namespace|module) (?:nested_identifier|identifier)"
    r"|(?:export )?(?:async )?function identifier (?:type_parameters )?formal_parameters(?: type_annotation)?"
    r"|(?:decorator )*(?:export )?(?:class|interface) type_identifier(?: type_parameters)?(?: class_heritage)?"
    r"|(?:export )?enum identifier"
    r"|(?:else )?if parenthesized_expression|else|while parenthesized_expression|do"
    r"|for \( (?:const|let|var) (?:array_pattern|identifier) of \S+ \)"
)
_OUTSIDE = {"expression_statement", "if_statement", "return_statement", "while_statement", "for_in_statement",
            "for_statement", "statement_block"}  # fmt: skip
UNREAD = "<Unread$/>"  # stands for elements that were reported
_NAME = re.compile(r"\bfunction\s+([^\W\d][\w$]*)|\bexport\s+([^\W\d][\w$]*)\s*\(")
_PARAM = re.compile(r"([^\W\d][\w$]*)\s*\??\s*:")


@dataclass(frozen=True, slots=True)
class Blame:
    """A fault, and the line (counted from 0) that it spoils."""

    cst: CST
    line: int


def damage(root: CST) -> int:
    """How much is spoilt: the lines of large ERROR nodes, and the statements that lie outside any logic."""
    total, stack = 0, [root]
    while stack:
        cst = stack.pop()
        lines = cst.end_point[0] - cst.start_point[0]
        if cst.is_error and lines:
            total += lines
            continue
        if cst.type in ("program", "internal_module", "module"):
            body = cst if cst.type == "program" else cst.child_by_field_name("body")
            for child in body.children if body is not None else ():
                inner = next(iter(child.named_children), None) if child.type == "expression_statement" else None
                if child.type in _OUTSIDE and (inner is None or inner.type != "internal_module"):
                    total += 1
                stack.append(child)
        elif cst.has_error:
            stack += cst.children
    return total


def blame(root: CST) -> Blame | None:
    """The fault to mend first."""
    for cst in _faults(root):
        if cst.is_missing or cst.start_point[0] == cst.end_point[0]:
            return Blame(cst, cst.start_point[0])
        inner = next((found for child in cst.children for found in _faults(child)), None)
        part = _partial(cst)
        if inner is not None and (part is None or inner.start_byte <= part.end_byte):
            return Blame(inner, inner.start_point[0])
        found = part or cst
        return Blame(found, found.start_point[0])
    return None


def _faults(root: CST) -> Iterator[CST]:
    """ERROR and MISSING nodes in the order of the text, outermost ones only."""
    stack = [root]
    while stack:
        cst = stack.pop()
        if cst.is_error or cst.is_missing:
            yield cst
        elif cst.has_error:
            stack += reversed(cst.children)


def _partial(error: CST) -> CST | None:
    """In a large ERROR the first stretch that is neither a whole statement nor the header of a block."""
    stretch: list[CST] = []
    for child in error.children:
        if child.type == "{":
            if stretch and not _HEADER.fullmatch(" ".join(part.type for part in stretch)):
                return stretch[0]
            stretch = []
        elif _WHOLE.match(child.type) or child.type in ("}", ";"):
            if stretch:
                return stretch[0]
        else:
            stretch.append(child)
    return stretch[0] if stretch else None


def stand_in(prepared: Prepared, line: int) -> tuple[int, int, str]:
    """Start and end of a line of the prepared text, and a text with the same braces that any grammar can read."""
    data = prepared.data
    start = 0
    for _ in range(line):
        start = data.find(b"\n", start) + 1
    end = data.find(b"\n", start)
    end = len(data) if end < 0 else end
    return start, end, _harmless(data[start:end].decode("utf-8", "replace"))


def _harmless(text: str) -> str:
    bare = text.strip()
    opens, closes = bare.count("{"), bare.count("}")
    if opens == closes and not bare.startswith("}"):
        return ""
    if bare.startswith("}") and opens == closes:
        return "} else if (true) {" if "if" in bare else "} else {"
    if opens == closes + 1:
        return _header(bare)
    return "{" * (opens - closes) if opens > closes else "}" * (closes - opens)


def _header(bare: str) -> str:
    if re.match(r"(export\s+)?namespace\b", bare):
        return "export namespace app.logics {"
    if re.match(r"(export\s+)?(class|interface|enum)\b", bare):
        return "export class Unknown {"
    if re.match(r"export\b|(async\s+)?function\b|def\b", bare):
        named = _NAME.search(bare)
        name = (named.group(1) or named.group(2)) if named else "unknown"
        params = dict.fromkeys(_PARAM.findall(bare.partition("(")[2]))
        return f"export function {name}({', '.join(f'{param}: Any' for param in params)}): Any {{"
    return "if (true) {"


def first_fault(root: CST, prepared: Prepared, start: int, end: int) -> CST | None:
    """The first fault between two places of the author's text that is not all of it."""
    stack = [root]
    while stack:
        cst = stack.pop()
        small = cst.end_point[0] - cst.start_point[0] < 2
        if (cst.is_error or cst.is_missing) and small and start <= prepared.back(cst.start_byte) <= end:
            return cst
        stack += [child for child in reversed(cst.children) if child.has_error or child.is_missing or cst.is_error]
    return None

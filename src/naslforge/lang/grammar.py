"""Holds the tree-sitter parsers; nobody else imports tree_sitter. Text comes in, a concrete syntax tree (CST) goes out.

NASL has no grammar file of its own: its text is TypeScript, with TSX elements in pages. The TSX grammar is asked only
where something looks like an element; a page with faults is still a page. On some broken texts either grammar would
loop for ever (tree-sitter-typescript issue 323), so a parse that does not get on is given up.
"""

import re
from typing import Any

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

CST = Node

_TYPESCRIPT = Parser(Language(tree_sitter_typescript.language_typescript()))
_TSX = Parser(Language(tree_sitter_typescript.language_tsx()))
_ELEMENT = re.compile(rb"(?:\breturn\b|=>|[=({,:&|?>\[]|\A)\s*<[A-Za-z>]")
_PATIENCE = 200  # signs of life at one place before a parse is given up; right texts need few, and then at the end
_CHUNK = 1 << 16


def looks_like_page(data: bytes) -> bool:
    """Does the text hold what may be an element?"""
    return (b"</" in data or b"/>" in data) and _ELEMENT.search(data) is not None


def parse_text(data: bytes) -> CST | None:
    """The root of the syntax tree of UTF-8 text; faults are nodes of the tree. None where the grammar got stuck."""
    if not looks_like_page(data):
        return _parse(_TYPESCRIPT, data)
    page = _parse(_TSX, data)
    if page is not None and not page.has_error:
        return page
    plain = _parse(_TYPESCRIPT, data)
    if page is None or (plain is not None and not plain.has_error):
        return plain
    return page


def _parse(parser: Parser, data: bytes) -> CST | None:
    last, waited, most = -1, 0, _PATIENCE + len(data) // 20

    def stuck(offset: int, _has_error: bool) -> bool:
        nonlocal last, waited
        if offset > last:
            last, waited = offset, 0
        waited += 1
        return waited > most

    try:
        return parser.parse(lambda offset, _point: data[offset : offset + _CHUNK], progress_callback=stuck).root_node
    except ValueError:
        parser.reset()
        return None


def parts(cst: CST) -> list[CST]:
    """The named children without comments: tree-sitter puts comments anywhere."""
    found = cst.named_children
    for child in found:
        if child.type == "comment":
            return [child for child in found if child.type != "comment"]
    return found


def field(cst: CST, name: str) -> Any:
    """The child in that field (a CST), or None. The grammar says which fields are always there, no type can."""
    return cst.child_by_field_name(name)


def fields(cst: CST, *names: str) -> list[Any]:
    """The children in those fields, None for each that is absent."""
    return list(map(cst.child_by_field_name, names))


def has_token(cst: CST, token: str) -> bool:
    """True when a keyword or mark such as `async` or `?` stands directly in the construct."""
    return any(child.type == token for child in cst.children)

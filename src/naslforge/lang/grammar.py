"""Holds the tree-sitter parser; nobody else imports tree_sitter. Text comes in, a concrete syntax tree (CST) goes out.

NASL has no grammar file of its own: its text is TSX. The plain TypeScript grammar is a second try for text that TSX
reads as an element, such as the cast `<Long>x`.
"""

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

CST = Node

_TSX = Parser(Language(tree_sitter_typescript.language_tsx()))
_TYPESCRIPT = Parser(Language(tree_sitter_typescript.language_typescript()))


def parse_text(data: bytes) -> CST:
    """The root of the syntax tree of UTF-8 text; faults are nodes of the tree, nothing is raised."""
    root = _TSX.parse(data).root_node
    if root.has_error and b"<" in data:
        plain = _TYPESCRIPT.parse(data).root_node
        if not plain.has_error:
            return plain
    return root


def parts(cst: CST) -> list[CST]:
    """The named children without comments: tree-sitter puts comments anywhere."""
    return [child for child in cst.named_children if child.type != "comment"]


def field(cst: CST, name: str) -> CST | None:
    """The child in that field."""
    return cst.child_by_field_name(name)


def fields(cst: CST, *names: str) -> list[CST | None]:
    """The children in those fields, None for each that is absent."""
    return [cst.child_by_field_name(name) for name in names]


def has_token(cst: CST, token: str) -> bool:
    """True when a keyword or mark such as `async` or `?` stands directly in the construct."""
    return any(child.type == token for child in cst.children)

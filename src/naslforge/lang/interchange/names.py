"""Names and texts of an AST that may stand in a program: nothing from a JSON file can become code by its name."""

import re
from typing import Any

from naslforge.lang.source import Source

NOWHERE = Source("ast.json", "").span(0, 0)
_NAME = re.compile(r"[^\W\d][\w$]*|[$_][\w$]*")
_RESERVED = frozenset({
    "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
    "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null",
    "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "let",
    "static", "yield", "async", "await", "implements", "interface", "package", "private", "protected", "public",
    "undefined",
})  # fmt: skip


def is_name(text: Any) -> bool:
    """May the text stand as an identifier?"""
    return isinstance(text, str) and _NAME.fullmatch(text) is not None and text not in _RESERVED


def is_path(text: Any) -> bool:
    """May the text stand as a dotted name?"""
    return isinstance(text, str) and all(_NAME.fullmatch(part) for part in text.split("."))


def is_plain_doc(text: Any) -> bool:
    """Does the text come back from a doc comment as it is?"""
    if not isinstance(text, str) or not text or text != text.strip() or "*/" in text or "\r" in text:
        return False
    lines = text.split("\n")
    return all(line == line.strip() and line and not line.startswith(("@", "*")) and "  " not in line for line in lines)


def fresh(wish: str, taken: set[str]) -> str:
    """The name, or the first free one with a number; it is taken from now on."""
    name, number = wish, 0
    while name in taken:
        number += 1
        name = f"{wish}{number}"
    taken.add(name)
    return name


def spelt(text: str) -> str:
    """A name as near to a text as a program can have: `DEV-AdminRole` is `DEV_AdminRole`."""
    name = re.sub(r"[^\w$]", "_", text) or "_"
    return name if is_name(name) else f"_{name}"


def pascal(tag: str) -> str:
    """`u-table-view` is `UTableView`."""
    return "".join(part[:1].upper() + part[1:] for part in tag.split("-"))


def kebab(name: str) -> str:
    """`UTableView` is `u-table-view`, `beforeSelect` is `before-select`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()

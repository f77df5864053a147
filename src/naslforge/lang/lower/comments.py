"""Comments: nodes of their own between statements, items and members; doc comments with their tags."""

import re
from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang.grammar import CST
from naslforge.lang.lower.reader import Reader

_TAG = re.compile(r"(?:^|(?<=\s))@([A-Za-z]\w*)")
_GLUED = re.compile(r"((?:^|(?<=\s))@[A-Za-z]\w*)(?=@[A-Za-z])")
_LINE = re.compile(r"^[ \t]*\*?[ \t]?")
_WRAPPERS = {
    "class_declaration", "class_body", "enum_declaration", "enum_body", "function_declaration", "function_signature",
    "internal_module", "export_statement", "ambient_declaration", "statement_block", "if_statement", "else_clause",
    "while_statement", "for_in_statement",
}  # fmt: skip
_NOT_INSIDE = {"statement_block", "class_body", "enum_body", "template_string", "string"}


def is_doc(text: str) -> bool:
    return text.startswith("/**") and len(text) > 4


def comment_node(reader: Reader, cst: CST, first: bool, column: int | None = None) -> n.Comment:
    """A comment as a node; `first` when nothing stands before it in its list, so that it trails nothing. `column` is
    the one that its further lines are measured from."""
    text = reader.text(cst).rstrip()
    column = cst.start_point[1] if column is None else column
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > 1:
        lines[1:] = [_shifted(line, column) for line in lines[1:]]
    trailing = not first and len(lines) == 1 and bool(_before(reader, cst).strip())
    return n.Comment(reader.at(cst), "\n".join(lines), trailing)


def _shifted(line: str, column: int) -> str:
    """A further line of a block comment, less the depth at which the comment stands."""
    bare = line.lstrip()
    if bare.startswith("*"):
        return " " + bare.rstrip()
    return line[min(column, len(line) - len(bare)) :].rstrip()


def _before(reader: Reader, cst: CST) -> str:
    """The text on the comment's line before it."""
    data = reader.prepared.data
    start = data.rfind(b"\n", 0, cst.start_byte) + 1
    return reader.prepared.text(start, cst.start_byte)


def comments_within(reader: Reader, cst: CST) -> Iterator[n.Comment]:
    """The comments inside a statement or item but outside its blocks: they move before it."""
    data = reader.prepared.data[cst.start_byte : cst.end_byte]
    if b"/*" not in data and b"//" not in data:
        return
    behind = {found.start_byte for found in _behind(cst)}
    stack = [child for child in reversed(cst.children) if child.type not in _NOT_INSIDE]
    while stack:
        found = stack.pop()
        if found.type == "comment":
            if found.start_byte in behind:
                continue
            yield n.Comment(reader.at(found), comment_node(reader, found, first=True).text)
        else:
            stack += [child for child in reversed(found.children) if child.type not in _NOT_INSIDE]


def comments_behind(reader: Reader, cst: CST) -> list[n.Comment]:
    """The comments that the grammar counts to a construct though they stand behind it.

    Asked before the construct is read: what is inside it leaves them alone then.
    """
    data, start, end = reader.prepared.data, cst.start_byte, cst.end_byte
    if not data.endswith(b"*/", start, end) and data.find(b"//", data.rfind(b"\n", start, end) + 1, end) < 0:
        return []
    found = [comment for comment in _behind(cst) if comment.start_byte not in reader.behind]
    reader.behind.update(comment.start_byte for comment in found)
    return [comment_node(reader, comment, first=False) for comment in found]


def _behind(cst: CST) -> list[CST]:
    while cst.children and cst.children[-1].type in _WRAPPERS:
        cst = cst.children[-1]
    if not cst.children or cst.children[-1].type != "comment":
        return []
    real = max((child.end_byte for child in cst.children if child.type != "comment"), default=cst.end_byte)
    return [child for child in cst.children if child.type == "comment" and child.start_byte >= real]


def doc_node(reader: Reader, cst: CST) -> n.Doc:
    """`/** words @tag text … */`."""
    raw = reader.text(cst)[3:].removesuffix("*/")
    lines = [_LINE.sub("", line).rstrip() for line in raw.replace("\r\n", "\n").split("\n")]
    text = "\n".join([lines[0].strip(), *lines[1:]]).lstrip("* \t\n").rstrip()
    while (apart := _GLUED.sub(r"\1 ", text)) != text:
        text = apart
    words, *rest = _TAG.split(text)
    tags = tuple((name, " ".join(value.split())) for name, value in zip(rest[::2], rest[1::2], strict=True))
    return n.Doc(reader.at(cst), words.strip(), tags)

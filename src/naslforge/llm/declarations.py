"""What a project's context declares, read from Natural TS text by patterns: entities, structures, enums, logics.

Prompts for small models need a digest, not a checked program, so this reader never fails: what it does not
recognise is left out.
"""

import re
from dataclasses import dataclass

ENTITY, STRUCTURE, ENUM, LOGIC, VARIABLE = "entity", "structure", "enum", "logic", "variable"


@dataclass(frozen=True, slots=True)
class Item:
    """A field, an enum member or a parameter; `type` is '' for members, `label` is '' where none is written."""

    name: str
    type: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared thing with its items; `type` is a logic's result or a variable's type."""

    kind: str
    name: str
    label: str
    items: tuple[Item, ...] = ()
    type: str = ""


_HEAD = re.compile(
    r"(?P<doc>/\*\*.*?\*/)|//[^\n]*|/\*.*?\*/|(?P<decorator>@\w+)\s*\("
    r"|\bnamespace\s+(?P<space>[\w.$]+)"
    r"|\b(?P<kind>class|enum|function|let)\s+(?P<name>[\w$]+)|(?P<close>\})",
    re.S,
)
_DESCRIPTION = re.compile(r"\b(?:description|label)\s*:\s*(['\"])(.*?)(?<!\\)\1")
_ENTITY_SPACE = re.compile(r"\.entities$")
_OPEN, _CLOSE = "([{", ")]}"


def declarations(context: str) -> list[Declaration]:
    """Everything declared in the text, in its order."""
    found: list[Declaration] = []
    place, space, doc, label = 0, "", "", ""
    while head := _HEAD.search(context, place):
        place = head.end()
        if head["doc"]:
            doc = head["doc"]
        elif head["decorator"]:
            place = closing(context, place - 1) + 1
            label = _described(context[head.end() : place]) or label
        elif head["space"]:
            space, doc, label = head["space"], "", ""
        elif head["kind"]:
            one, place = _declaration(context, head, space, doc, label)
            found += [one] if one else []
            doc = label = ""
    return found


def _declaration(text: str, head: re.Match[str], space: str, doc: str, label: str) -> tuple[Declaration | None, int]:
    kind, name, place = head["kind"], head["name"], head.end()
    if kind == "function":
        one, place = function_line(text, place)
        items = tuple(Item(i.name, i.type, _parameter_label(doc, i.name)) for i in one.items)
        body = re.compile(r"\s*\{").match(text, place)
        place = closing(text, body.end() - 1) + 1 if body else place
        return Declaration(LOGIC, name, doc_label(doc), items, one.type), place
    if kind == "let":
        written = re.compile(r"\s*:\s*([^=;\n]+)").match(text, place)
        return Declaration(VARIABLE, name, doc_label(doc), (), written[1].strip() if written else ""), place
    start = text.find("{", place)
    if start < 0:
        return None, place
    end = closing(text, start)
    inside = text[start + 1 : end]
    if kind == "enum":
        return Declaration(ENUM, name, doc_label(doc) or label, tuple(_members(inside))), end + 1
    what = ENTITY if _ENTITY_SPACE.search(space) else STRUCTURE
    return Declaration(what, name, label or doc_label(doc), tuple(_properties(inside))), end + 1


def function_line(text: str, place: int = 0) -> tuple[Declaration, int]:
    """Parameters and result of a function whose name ends at `place`; also where its line ends."""
    start = text.find("(", place)
    if start < 0:
        return Declaration(LOGIC, "", ""), len(text)
    end = closing(text, start)
    result = re.compile(r"\s*:\s*").match(text, end + 1)
    stop = end + 1
    if result:
        stop = _type_end(text, result.end())
    items = []
    for part in split(text[start + 1 : end]):
        name, _, rest = part.partition(":")
        items.append(Item(name.strip().rstrip("?"), rest.split("=")[0].strip()))
    return Declaration(LOGIC, "", "", tuple(items), text[result.end() : stop].strip() if result else ""), stop


def _type_end(text: str, place: int) -> int:
    """Where a written type ends: a record's braces belong to it, a body's do not."""
    depth = 0
    start = place
    while place < len(text):
        c = text[place]
        if c == "{" and depth == 0 and text[start:place].strip():
            return place
        if c in "<([{":
            depth += 1
        elif c in ">)]}":
            depth -= 1
            if depth < 0:
                return place
        elif depth == 0 and c in ";\n":
            return place
        place += 1
    return place


_PROPERTY = re.compile(
    r"(?P<doc>/\*\*.*?\*/)|//[^\n]*|/\*.*?\*/|@(?P<decorator>\w+)\s*\(|(?P<name>[\w$]+)\s*:\s*", re.S
)


def _properties(body: str) -> list[Item]:
    found: list[Item] = []
    place, label = 0, ""
    while part := _PROPERTY.search(body, place):
        place = part.end()
        if part["doc"]:
            label = doc_label(part["doc"])
        elif part["decorator"]:
            place = closing(body, place - 1) + 1
            label = _described(body[part.end() : place]) or label
        elif part["name"]:
            stop = body.find(";", place)
            stop = len(body) if stop < 0 else stop
            found.append(Item(part["name"], body[place:stop].split("=")[0].strip(), label))
            place, label = stop + 1, ""
    return found


_MEMBER = re.compile(
    r"(?:/\*\*(?P<doc>.*?)\*/\s*)?(?P<name>[\w$]+)\s*(?:=\s*(?:'[^']*'|\"[^\"]*\"|[-\d.]+))?\s*(?:,|$)", re.S
)


def _members(body: str) -> list[Item]:
    return [Item(m["name"], "", doc_label(m["doc"] or "")) for m in _MEMBER.finditer(body)]


def _described(decorator: str) -> str:
    found = _DESCRIPTION.search(decorator)
    return found[2] if found else ""


def doc_label(doc: str) -> str:
    """The name a doc comment gives: its @title, else its first line up to the first stop."""
    lines = [line.strip(" *\t") for line in re.sub(r"^/\*\*|\*/$", "", doc.strip()).split("\n")]
    title = re.search(r"@title\s+([^@\n]+)", doc.replace("*/", ""))
    plain = next((line for line in lines if line and not line.startswith("@")), "")
    return re.split(r"[,，。;；:：(（]|\s@", title[1] if title else plain)[0].strip()


def _parameter_label(doc: str, name: str) -> str:
    found = re.search(rf"@param\s+{re.escape(name)}\s+([^@\n*]+)", doc)
    return re.split(r"[,，。;；:：(（]", found[1])[0].strip() if found else ""


def closing(text: str, start: int) -> int:
    """Where the bracket at `start` closes (the end of the text if it never does); quoted text is passed over."""
    depth, place = 0, start
    while place < len(text):
        c = text[place]
        if c in "'\"`":
            place = _quoted(text, place)
        elif text.startswith("//", place):
            place = text.find("\n", place)
            if place < 0:
                break
        elif text.startswith("/*", place):
            place = text.find("*/", place) + 1
            if place < 1:
                break
        elif c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth -= 1
            if depth == 0:
                return place
        place += 1
    return len(text)


def _quoted(text: str, start: int) -> int:
    place = start + 1
    while place < len(text) and text[place] != text[start]:
        place += 2 if text[place] == "\\" else 1
    return place


def split(text: str, at: str = ",") -> list[str]:
    """The parts of a list between separators that stand outside every bracket; empty parts are dropped."""
    parts, depth, start = [], 0, 0
    for place, c in enumerate(text):
        if c in "<([{":
            depth += 1
        elif c in ">)]}":
            depth -= 1
        elif c in at and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]

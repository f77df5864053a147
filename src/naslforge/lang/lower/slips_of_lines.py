"""Lines in the shape of another language: heads of functions, loops and conditions, words that are no code.

Asked only where the grammar could not read the text. Every slip is reported with its fix and read as it was meant.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import Any

from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix, Report, Rule
from naslforge.lang.lower.prepare import Repair
from naslforge.lang.source import Source

Change = tuple[int, int, str]  # characters of the line and what stands there instead
Slip = tuple[Rule, tuple[Change, ...], dict[str, Any]]

_NO_LOGIC = "function|async|default|class|enum|namespace|module|const|let|var|type|interface|declare|abstract|import"
_DEF = re.compile(r"^\s*((?:(?:export|public|private|static|async)\s+)*(def|func|fun|fn|sub)\s+)\w+\s*\(.*\{\s*$")
_UNNAMED_HEAD = re.compile(rf"^\s*export\s+()(?!(?:{_NO_LOGIC})\b)\w+\s*\(.*\{{\s*$")
_MODIFIERS = re.compile(r"^\s*((?:(?:export|public|private|protected|static|final|override)\s+)+)function\b")
_THEN = re.compile(r"\)\s*((?:then|do)\s*)\{\s*$")
_RANGE = re.compile(r"range\(([^(),]+|len\([^()]*\))(?:,\s*([^(),]+|len\([^()]*\)))?\)")
_ARROW_RESULT = re.compile(r"\b(?:function|def)\b.*\)(\s*(->|=>)\s*)[\w{].*\{\s*$")
_FOR_IN = re.compile(r"^\s*(?:\}\s*)?(for\s+(?:(?:const|let|var)\s+)?(\w+)(?:\s*,\s*(\w+))?\s+in\s+(.+?))\s*\{\s*$")
_JAVA_FOR = re.compile(
    r"^\s*(?:\}\s*)?(for\s*\(\s*(?:final\s+)?(?:var|auto|int|long|let|const|[A-Z][\w.<>, ]*)\s+"
    r"(\w+)()\s*:\s*(.+)\))\s*\{"
)
_BARE = re.compile(r"^\s*(?:\}\s*)?(?:else\s*if|elif|else?s?if|if|while)\s+(?!if\b)(\(?.+?)\s*\{\s*$")
_ELSEIF = re.compile(r"^\s*\}?\s*(elseif|elsif|elif)\b")
_ASSIGN = re.compile(r"^\s*(?:(?:let|var|const)\s+)?[\w.$]+(?:\s*:\s*[\w.<>, ]+?)?\s*(:=|<-)\s*\S")
_UNEQUAL = re.compile(r"[\w)\]'\"]\s*(<>|=/=|~=)\s*[\w('\"-]")
_TYPE = r"(?:List|Map|Array)\s*<[^()]*?>|(?:app|nasl)\.[\w.]+|[A-Z]\w*(?:\[\])?|int|long|float|double|boolean|string"
_TYPED_PARAM = re.compile(rf"(?<=[(,])\s*((?:final\s+)?({_TYPE})\s+(\w+))\s*(?=[,)=])")
_TYPED_VARIABLE = re.compile(rf"^\s*((?:final\s+)?({_TYPE})\s+(\w+))\s*(?:=[^=].*)?;\s*$")
_HEAD = re.compile(r"\bfunction\b")
_BARE_CLAUSE = re.compile(r"=>\s*()\.?(?:WHERE|SELECT|SELECT_DISTINCT|ORDER_BY|GROUP_BY|LIMIT|\w+_JOIN)\(")
_ROW = re.compile(r"\bFROM\(\s*[\w.]*?\b(\w+?)(?:Entity)?()\s*=>\s*\$")
_VALUE = r"'[^']*'|\"[^\"]*\"|\[[^\]]*\]|[\w.$]+(?:\([^()]*\))?"
_INFIX = re.compile(rf"([\w.$]+)\s+(NOT\s+)?(LIKE|IN)\s+(?!FROM\b)(?:\(({_VALUE})\)|({_VALUE}))")
_IS_NULL = re.compile(r"([\w.$]+)\s+IS\s+(NOT\s+)?NULL\b")
_LAMBDA = re.compile(r"\blambda\s+(\w+(?:\s*,\s*\w+)*)\s*:\s*")
_THIN_ARROW = re.compile(r"[(,=]\s*(?:\(\s*[\w, ]*\)|\w+)\s*(->)")
_COMPREHENSION = re.compile(r"\[([^\[\]]+?)\s+for\s+(\w+)\s+in\s+([\w.]+)(?:\s+if\s+([^\[\]]+?))?\]")


def line_slips(source: Source, report: Report, taken: list[Repair]) -> list[Repair]:
    """The repairs for all lines that another repair has not touched yet."""
    found: list[Repair] = []
    at = 0
    for line in source.data.split(b"\n"):
        for slip in _slips(source, line.decode("utf-8", "replace")):
            repairs = _repairs(at, line.decode("utf-8", "replace"), slip[1])
            if not any(r.start < other.end and other.start < r.end for r in repairs for other in [*taken, *found]):
                found += repairs
                _say(source, report, slip, repairs)
        at += len(line) + 1
    return found


def _repairs(at: int, line: str, changes: tuple[Change, ...]) -> list[Repair]:
    """Changes of characters of a line as changes of bytes of the text."""
    offset = [0]
    for char in line:
        offset.append(offset[-1] + len(char.encode()))
    return [Repair(at + offset[start], at + offset[end], text) for start, end, text in changes]


def _say(source: Source, report: Report, slip: Slip, repairs: list[Repair]) -> None:
    rule, changes, facts = slip
    edits = tuple(Edit(source.span(r.start, r.end), r.text) for r in repairs)
    title = f"write `{changes[0][2].strip()}`" if len(changes) == 1 and changes[0][2].strip() else "write it so"
    span = source.span(repairs[0].start, repairs[-1].end)
    report.add(rule, span, fixes=[Fix(title, edits, "safe")], **facts)


def _slips(source: Source, line: str) -> Iterator[Slip]:
    for read in _READERS:
        yield from read(source, line)


def _function_words(source: Source, line: str) -> Iterator[Slip]:
    if (found := _MODIFIERS.search(line)) and found[1].strip() != "export":
        words = " ".join(word for word in found[1].split() if word != "export")
        yield rules.MODIFIER, ((*found.span(1), "export "),), {"word": words}
    if found := _DEF.search(line):
        start, end = found.span(1)
        facts = {"word": found[2], "instead": "export function"}
        yield rules.PYTHON_DEF if found[2] == "def" else rules.FOREIGN_WORD, ((start, end, "export function "),), facts
    elif found := _UNNAMED_HEAD.search(line):
        yield rules.MISSING_TOKEN, ((found.start(1), found.end(1), "function "),), {"token": "function"}
    if found := _ARROW_RESULT.search(line):
        yield rules.FOREIGN_WORD, ((*found.span(1), ": "),), {"word": found[2], "instead": ":"}
    if _HEAD.search(line) or _DEF.search(line):
        for param in _TYPED_PARAM.finditer(line):
            yield _type_first(param)


def _type_first(found: re.Match[str]) -> Slip:
    facts = {"name": found[3], "type": found[2]}
    return rules.TYPE_FIRST, ((*found.span(1), f"{found[3]}: {found[2]}"),), facts


def _loops(source: Source, line: str) -> Iterator[Slip]:
    for form, rule in ((_FOR_IN, rules.PYTHON_FOR), (_JAVA_FOR, rules.LOOP_FORM)):
        if found := form.search(line):
            index = _free_index(source)
            names, items = [index, found[2]], found[4]
            if found[3]:
                names = [found[2], found[3]]
                items = re.sub(r"^enumerate\((.*)\)$", r"\1", items)
            if counted := _RANGE.fullmatch(items):
                start, stop = (counted[1], counted[2]) if counted[2] else ("0", counted[1])
                items = f"nasl.util.ListRange({start}, {stop}, 1)".replace("len(", "nasl.util.Length(")
            text = f"for (const [{', '.join(names)}] of ListEntries({items}))"
            yield rule, ((*found.span(1), text),), {"item": found[2], "list": items}
            return


def _free_index(source: Source) -> str:
    names = chain(["index"], (f"index{number}" for number in count(2)))
    return next(name for name in names if not re.search(rf"\b{name}\b", source.text))


def _conditions(source: Source, line: str) -> Iterator[Slip]:
    if found := _ELSEIF.search(line):
        yield rules.FOREIGN_WORD, ((*found.span(1), "else if"),), {"word": found[1], "instead": "else if"}
    if found := _THEN.search(line):
        word = found[1].strip()
        yield rules.FOREIGN_WORD, ((*found.span(1), ""),), {"word": word, "instead": "{"}
    found = _BARE.search(line)
    if found is not None and not _enclosed(found[1]):
        yield rules.BARE_CONDITION, ((found.start(1), found.start(1), "("), (found.end(1), found.end(1), ")")), {}


def _enclosed(text: str) -> bool:
    """Does one pair of parentheses hold all of it? Texts with odd ones are left to the grammar."""
    if text.count("(") != text.count(")"):
        return True
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def _signs(source: Source, line: str) -> Iterator[Slip]:
    if found := _ASSIGN.search(line):
        yield rules.FOREIGN_WORD, ((*found.span(1), "="),), {"word": found[1], "instead": "="}
    for found in _UNEQUAL.finditer(line):
        yield rules.FOREIGN_WORD, ((*found.span(1), "!="),), {"word": found[1], "instead": "!="}
    if found := _TYPED_VARIABLE.search(line):
        facts = {"name": found[3], "type": found[2]}
        yield rules.TYPE_FIRST, ((*found.span(1), f"let {found[3]}: {found[2]}"),), facts
    for found in _LAMBDA.finditer(line):
        yield rules.FOREIGN_WORD, ((*found.span(), f"({found[1]}) => "),), {"word": "lambda", "instead": "(item) => …"}
    for found in _THIN_ARROW.finditer(line) if not _HEAD.search(line) else ():
        yield rules.FOREIGN_WORD, ((*found.span(1), "=>"),), {"word": "->", "instead": "=>"}
    for found in _COMPREHENSION.finditer(line):
        yield _comprehension(found)
    if found := _BARE_CLAUSE.search(line):
        text = "$" if line[found.end(1)] == "." else "$."
        yield rules.MISSING_TOKEN, ((*found.span(1), text),), {"token": "$"}


def _comprehension(found: re.Match[str]) -> Slip:
    """`[x * 2 for x in xs if x > 1]`."""
    value, name, items, test = found.groups()
    text = f"nasl.util.ListFilter({items}, ({name}) => {test})" if test else items
    if value != name or not test:
        text = f"nasl.util.ListTransform({text}, ({name}) => {value})"
    return rules.FOREIGN_WORD, ((*found.span(), text),), {"word": f"[… for {name} in …]", "instead": text}


def _queries(source: Source, line: str) -> Iterator[Slip]:
    if found := _ROW.search(line):
        yield rules.QUERY_SHAPE, ((*found.span(2), f", {found[1]}"),), {}
    for found in _INFIX.finditer(line):
        name = ("NOT_IN" if found[3] == "IN" else "!LIKE") if found[2] else found[3]
        text = f"{name}({found[1]}, {found[4] or found[5]})"
        yield rules.FOREIGN_WORD, ((*found.span(), text),), {"word": f"{found[1]} {found[3]} …", "instead": text}
    for found in _IS_NULL.finditer(line):
        text = f"{found[1]} {'!=' if found[2] else '=='} null"
        yield rules.FOREIGN_WORD, ((*found.span(), text),), {"word": found.group().lstrip(), "instead": text}


_READERS: tuple[Callable[[Source, str], Iterator[Slip]], ...] = (_function_words, _loops, _conditions, _signs, _queries)

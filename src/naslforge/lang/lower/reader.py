"""What all lowering shares: places and texts of the CST, reports with fixes, fresh names, the limit of depth."""

import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cache
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix, Report, Rule
from naslforge.lang.grammar import CST
from naslforge.lang.lower.prepare import Prepared
from naslforge.lang.source import Span, TornSpan

# Deeper text is refused: every later pass walks the tree recursively, and Python's own parser has a limit too.
MOST_DEPTH = 100

GENERICS = re.compile(rb"> *\(")  # where type arguments may end
_WORD = re.compile(r"[\w$]+")


class TooDeep(Exception):
    """Nesting beyond the limit; caught at the statement."""


class Reader(ABC):
    """Reads one prepared text. Places in reports and nodes are those of the author's own text."""

    def __init__(self, prepared: Prepared, report: Report) -> None:
        self.prepared = prepared
        self.source = prepared.source
        self._data = prepared.data
        self._mended = bool(prepared.repairs)  # else a place in the text is the place in the author's own
        self.report = report
        self.depth = 0
        self.holes = 0  # how many were made
        self._deeper = _Deeper(self)
        self.has_chains = b"?." in prepared.data
        self.has_generics = GENERICS.search(prepared.data) is not None
        self.behind: set[int] = set()  # where comments begin that stand behind what the grammar counts them to
        self._words: frozenset[str] | None = None

    # --- what the sister files call of each other; the last class of the row has them all

    @abstractmethod
    def expr(self, cst: CST) -> n.Expr: ...

    @abstractmethod
    def argument(self, cst: CST) -> n.Expr: ...

    @abstractmethod
    def query(self, cst: CST) -> n.Query | n.Call | n.Hole: ...

    @abstractmethod
    def match(self, cst: CST, function: CST) -> n.Match | n.Hole: ...

    @abstractmethod
    def block(self, cst: CST) -> n.Block: ...

    @abstractmethod
    def statements(self, csts: Iterable[CST]) -> tuple[n.Stmt, ...]: ...

    @abstractmethod
    def effect(self, cst: CST, expr: CST) -> n.Stmt | list[n.Stmt]: ...

    # --- places and texts

    def at(self, cst: CST) -> Span:
        start, end = cst.start_byte, cst.end_byte
        return self.prepared.span(start, end) if self._mended else Span(self.source, start, end)

    def between(self, first: CST, last: CST) -> Span:
        """From the start of the first construct to the end of the last."""
        return self.prepared.span(first.start_byte, last.end_byte)

    def text(self, cst: CST | None) -> str:
        return "" if cst is None else self._data[cst.start_byte : cst.end_byte].decode("utf-8", "replace")

    def path(self, cst: CST | None) -> str:
        """The text of a dotted name, without the blanks and comments that may stand round its dots."""
        text = self.text(cst)
        if cst is None or text.replace(".", "").isidentifier():
            return text
        pieces, todo = [], [cst]
        while todo:
            part = todo.pop()
            if not part.children and part.type != "comment":
                pieces.append(self.text(part))
            todo += reversed(part.children)
        return "".join("".join(pieces).split())

    def ident(self, cst: CST) -> n.Ident:
        return n.Ident(self.at(cst), self.text(cst))

    def hole(self, place: CST | Span) -> n.Hole:
        """What stands for text that could not be understood."""
        self.holes += 1
        return n.Hole(place if isinstance(place, Span) else self.at(place))

    def indent(self, cst: CST) -> str:
        """The white space before the line on which the construct starts."""
        line = self.source.line(self.source.position(self.at(cst).start).line)
        return line[: len(line) - len(line.lstrip())]

    # --- reports

    def fault(self, rule: Rule, place: CST | Span, *fixes: Fix, **facts: Any) -> None:
        span = place if isinstance(place, Span) else self.at(place)
        whole = [fix for fix in fixes if not any(isinstance(edit.span, TornSpan) for edit in fix.edits)]
        self.report.add(rule, span, fixes=whole, **facts)

    def unsupported(self, cst: CST, what: str, what_zh: str, advice: str = "", advice_zh: str = "") -> n.Hole:
        """A construct that NASL lacks and nothing stands for."""
        self.fault(rules.UNSUPPORTED_SYNTAX, cst, what=what, what_zh=what_zh, advice=advice, advice_zh=advice_zh)
        return self.hole(cst)

    def word_and_space(self, cst: CST) -> Span:
        """A word such as `async` with the space behind it."""
        after = cst.next_sibling
        return self.prepared.span(cst.start_byte, after.start_byte if after is not None else cst.end_byte)

    def replace(self, cst: CST, text: str) -> Edit:
        return Edit(self.at(cst), text)

    def drop(self, cst: CST) -> Edit:
        return Edit(self.at(cst), "")

    def insert(self, place: Span, text: str) -> Edit:
        return Edit(place, text)

    def replace_between(self, start: int, end: int, text: str) -> Edit:
        """Replace a stretch of the prepared text."""
        return Edit(self.prepared.span(start, end), text)

    # --- names and depth

    def fresh(self, *wishes: str) -> str:
        """The first of the wished names, or one with a number, that occurs nowhere in the text; then it is taken."""
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.prepared.data.decode("utf-8", "replace")))
        free = (wish for wish in wishes if wish not in self._words)
        numbered = (f"{wishes[0]}{number}" for number in range(2, 1 << 20))
        name = next(free, None) or next(name for name in numbered if name not in self._words)
        self._words |= {name}
        return name

    def deeper(self) -> "_Deeper":
        """One level of nesting more, within the limit."""
        return self._deeper


class _Deeper:
    """Every expression passes here, so this is no generator."""

    __slots__ = ("_reader",)

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        if self._reader.depth >= MOST_DEPTH:
            raise TooDeep
        self._reader.depth += 1

    def __exit__(self, *_: object) -> None:
        self._reader.depth -= 1


@cache
def method(kind: str, construct: str) -> str:
    """The name of the method for a construct of the grammar: the same string each time, which Python finds faster."""
    return sys.intern(f"{kind}_{construct}")


def safe(title: str, edits: Iterable[Edit]) -> Fix:
    return Fix(title, tuple(edits), "safe")


def unsafe(title: str, edits: Iterable[Edit]) -> Fix:
    return Fix(title, tuple(edits), "unsafe")


def shown(title: str) -> Fix:
    """Words only: nothing that a tool could apply."""
    return Fix(title, (), "display")

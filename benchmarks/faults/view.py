"""A right program, looked at: its text, its tree and what the checker knows, for those who put faults into it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from naslforge.lang import Checked, Source, check, nodes
from naslforge.lang import types as t
from naslforge.lang.scope import LibraryCall
from naslforge.records import Task

N = TypeVar("N", bound=nodes.Node)


@dataclass(frozen=True, slots=True)
class Reference:
    """A right program with the project it lives in. `task` has the tests that it passes, where there are any."""

    id: str
    text: str
    context: str = ""
    task: Task | None = None

    def sources(self, text: str | None = None) -> list[Source]:
        """The sources to check, with another text in the place of the program's own."""
        return [Source("context.ts", self.context, context=True), Source("program.ts", text or self.text)]


@dataclass(frozen=True, slots=True)
class Change:
    """One fault: stretches of bytes and the text that takes their place.

    The fault is where the new text stands. `uses` are further stretches of the original text where the same fault
    shows (the uses of a variable whose declaration is gone); with `elsewhere` only there.
    """

    edits: tuple[tuple[int, int, str], ...]
    uses: tuple[tuple[int, int], ...] = ()
    elsewhere: bool = False


class View:
    """What mutators look at."""

    def __init__(self, reference: Reference, rng: random.Random) -> None:
        self.reference, self.rng = reference, rng
        sources = reference.sources()
        self.source = sources[1]
        self.checked: Checked = check(sources)
        self.unit = next(u for u in self.checked.units if u.source is self.source)
        self.nodes = list(self.unit.walk())
        self.data = self.source.data
        self.words = set(reference.text.replace(".", " ").split())

    @property
    def functions(self) -> list[nodes.Function]:
        return [f for f in self.all(nodes.Function) if f.body is not None]

    def all(self, kind: type[N]) -> list[N]:
        """Every node of a class, in the order of the text."""
        return [node for node in self.nodes if isinstance(node, kind)]

    def texts(self) -> list[nodes.Text]:
        """Quoted texts; the plain parts of a template are none."""
        return [text for text in self.all(nodes.Text) if text.span.text[:1] in ("'", '"')]

    def type(self, e: nodes.Node) -> t.Type | None:
        return self.checked.types.get(e)

    def text(self, node: nodes.Node) -> str:
        return node.span.text

    def library(self, *names: str) -> Iterator[nodes.Call]:
        """Calls of these functions of `nasl.util`, any where no name is given."""
        for call in self.all(nodes.Call):
            found = self.checked.calls.get(call)
            if isinstance(found, LibraryCall) and found.builtin.namespace == "nasl.util":
                wanted = not names or found.builtin.name in names
                yield from [call] if wanted else []

    def callee(self, call: nodes.Call) -> LibraryCall | None:
        found = self.checked.calls.get(call)
        return found if isinstance(found, LibraryCall) else None

    def uses(self, name: str, inside: nodes.Node) -> list[nodes.Name]:
        """Where a variable is read or written."""
        return [node for node in inside.walk() if isinstance(node, nodes.Name) and node.name == name]

    def taken(self, name: str) -> bool:
        """Does the name occur anywhere in the program or its project?"""
        return name.lower() in (self.reference.text + self.reference.context).lower()

    def line(self, node: nodes.Node) -> tuple[int, int]:
        """The whole line or lines of a node, with the line's end."""
        start = self.data.rfind(b"\n", 0, node.span.start) + 1
        end = self.data.find(b"\n", node.span.end)
        return start, len(self.data) if end < 0 else end + 1

    def indent(self, node: nodes.Node) -> str:
        start = self.line(node)[0]
        text = self.data[start : node.span.start].decode()
        return text[: len(text) - len(text.lstrip())]

    def find(self, what: str, node: nodes.Node) -> tuple[int, int] | None:
        """The first place of a text within a node."""
        at = self.data.find(what.encode(), node.span.start, node.span.end)
        return (at, at + len(what.encode())) if at >= 0 else None


Kind = Callable[[View], Iterator[Change]]


def put(node: nodes.Node, text: str) -> Change:
    """Another text in the place of a node."""
    return Change(((node.span.start, node.span.end, text),))


def between(start: int, end: int, text: str) -> Change:
    return Change(((start, end, text),))


def places(found: list[nodes.Name]) -> tuple[tuple[int, int], ...]:
    return tuple((node.span.start, node.span.end) for node in found)


def misspelt(name: str, rng: random.Random) -> str:
    """The name with one slip of the fingers: a letter twice, left out, or two letters turned round."""
    at = rng.randrange(1, max(2, len(name) - 1))
    slips = [
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1 :],
        name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
    ]
    return rng.choice([s for s in slips if s != name and s] or [name + "s"])


def snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")

"""What emitting needs everywhere: the constants and names of the Python text, and its line map."""

from collections.abc import Iterable
from typing import Any

from naslforge.lang import Checked, Span
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.run.plans import PagePlan

CALL_STEPS = 3  # what a call of the library may cost, beside the statement in which it stands
SIMPLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Base:
    """One run over a checked program. Names of the program are never names of the text: all get a prefix."""

    def __init__(self, checked: Checked):
        self.checked = checked
        self.lines: list[str] = []
        self.spans: list[Span | None] = []
        self.indent = 0
        self.constants: dict[str, Any] = {}
        self._known: dict[Any, str] = {}
        self._names: dict[int, str] = {}
        self._taken: set[str] = set()
        self._temps = 0
        self.functions: dict[str, str] = {}  # full name of a logic -> its name in the text
        self.pages: dict[str, PagePlan] = {}

    # --- text

    def line(self, text: str, span: Span | None = None) -> None:
        self.lines.append("    " * self.indent + text)
        self.spans.append(span)

    # --- names and constants

    def constant(self, value: Any, key: Any = None) -> str:
        """The name of a constant of the module; equal keys share one."""
        if key is not None and key in self._known:
            return self._known[key]
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        if key is not None:
            self._known[key] = name
        return name

    def type(self, type_: t.Type) -> str:
        return self.constant(type_, ("type", type_))

    def types(self, types: Iterable[t.Type]) -> str:
        found = tuple(types)
        return self.constant(found, ("types", found))

    def declared(self, node: n.Node, name: str) -> str:
        """The name in the text of a variable, parameter or other local; the same for every use."""
        if id(node) not in self._names:
            plain = "v_" + name if SIMPLE.issuperset(name) else "u"
            unique = plain
            count = 1
            while unique in self._taken:
                count += 1
                unique = f"{plain}_{count}"
            self._taken.add(unique)
            self._names[id(node)] = unique
        return self._names[id(node)]

    def temp(self) -> str:
        self._temps += 1
        return f"t{self._temps}"

    # --- facts

    def type_of(self, e: n.Node) -> t.Type:
        return self.checked.types.get(e, t.UNKNOWN)

    def fields(self, type_: t.Type) -> tuple[tuple[str, t.Type], ...]:
        if isinstance(type_, t.Anonymous):
            return type_.fields
        return self.checked.fields.get(getattr(type_, "name", ""), ())


def call_steps(node: n.Node) -> int:
    """What the calls in an expression count for, those in lambdas apart: they are counted when they run."""
    total = 0
    waiting: list[n.Node] = [node]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, n.Lambda):
            total += CALL_STEPS * isinstance(one, n.Call)
            waiting += one.children()
    return total

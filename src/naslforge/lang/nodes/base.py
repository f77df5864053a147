"""What every node of the syntax tree is: frozen, typed, with a span, compared by identity."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, dataclass_transform

from naslforge.lang.source import Source, Span

C = TypeVar("C")


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: type[C]) -> type[C]:
    """A class of nodes. That nodes are frozen is for the type checker: asked at run time too, it triples the cost of
    making one, and a parse makes thousands."""
    made = dataclass(slots=True, eq=False, repr=False)(cls)
    made._held = _getter(made)  # type: ignore[attr-defined]
    return made


def _getter(cls: Any) -> "Callable[[Node], tuple[Any, ...]] | None":
    """Gives the values of those fields of a class of nodes that can hold nodes; None where there is none."""
    names = [f.name for f in fields(cls) if f.type not in _BARE]
    match names:
        case []:
            return None
        case [name]:
            return lambda node: (getattr(node, name),)
        case _:
            return attrgetter(*names)


_BARE = (str, bool, int, str | None, Span, Source)


@node
class Node:
    span: Span
    _held: "ClassVar[Callable[[Any], tuple[Any, ...]] | None]"

    def __repr__(self) -> str:
        values = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
        return f"{type(self).__name__}({', '.join(values)})"

    def children(self) -> "list[Node]":
        """The direct children, in the order of the fields."""
        held = type(self)._held
        if held is None:
            return []
        found: list[Node] = []
        for value in held(self):
            if isinstance(value, Node):
                found.append(value)
            elif value:  # a tuple, of nodes mostly
                found += [item for item in value if isinstance(item, Node)]
        return found

    def walk(self) -> "Iterator[Node]":
        """This node and everything below it, outer nodes first."""
        todo: list[Node] = [self]
        while todo:
            node = todo.pop()
            yield node
            if inner := node.children():
                inner.reverse()
                todo += inner


@node
class Ident(Node):
    """A name where it is declared or used as a label, with its own place."""

    name: str


@node
class Hole(Node):
    """Text that could not be understood and was already reported: stay silent about it. Any kind of node."""

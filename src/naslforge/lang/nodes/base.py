"""What every node of the syntax tree is: frozen, typed, with a span, compared by identity."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar, dataclass_transform

from naslforge.lang.source import Source, Span

C = TypeVar("C")


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: type[C]) -> type[C]:
    """A class of nodes. That nodes are frozen is for the type checker: asked at run time too, it triples the cost of
    making one, and a parse makes thousands."""
    return dataclass(slots=True, eq=False)(cls)


@cache
def _holders(cls: "type[Node]") -> tuple[str, ...]:
    """The fields of a class of nodes that can hold nodes."""
    return tuple(f.name for f in fields(cls) if f.type not in (str, bool, int, Span, Source))


@node
class Node:
    span: Span

    def children(self) -> "list[Node]":
        """The direct children, in the order of the fields."""
        found: list[Node] = []
        for name in _holders(type(self)):  # type: ignore[arg-type]
            value = getattr(self, name)
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
            todo += reversed(node.children())


@node
class Ident(Node):
    """A name where it is declared or used as a label, with its own place."""

    name: str


@node
class Hole(Node):
    """Text that could not be understood and was already reported: stay silent about it. Any kind of node."""

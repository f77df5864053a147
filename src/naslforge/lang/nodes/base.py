"""What every node of the syntax tree is: frozen, typed, with a span, compared by identity."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar, dataclass_transform

from naslforge.lang.source import Span

C = TypeVar("C")


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: type[C]) -> type[C]:
    return dataclass(frozen=True, slots=True, eq=False)(cls)


@cache
def _fields(cls: type) -> tuple[str, ...]:
    """The fields of a class of nodes that can hold nodes."""
    return tuple(f.name for f in fields(cls) if f.name != "span")


@node
class Node:
    span: Span

    def children(self) -> "Iterator[Node]":
        """The direct children, in the order of the fields."""
        for name in _fields(type(self)):  # type: ignore[arg-type]
            value = getattr(self, name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Node))

    def walk(self) -> "Iterator[Node]":
        """This node and everything below it, outer nodes first."""
        yield self
        for child in self.children():
            yield from child.walk()


@node
class Ident(Node):
    """A name where it is declared or used as a label, with its own place."""

    name: str


@node
class Hole(Node):
    """Text that could not be understood and was already reported: stay silent about it. Any kind of node."""

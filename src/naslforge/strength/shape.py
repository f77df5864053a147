"""What a task's entry takes and gives, and a program put under another task's name: who could answer whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from naslforge import lang
from naslforge.lang import nodes as n
from naslforge.records import Task


@dataclass(frozen=True, slots=True)
class Shape:
    """Types of the parameters and of the result as written, and the head of the function: all before its body."""

    types: tuple[str, ...]
    head: str

    @property
    def result(self) -> str:
        return self.types[-1]


def shape(task: Task, source: str | None = None) -> Shape | None:
    """The shape of a task's entry, read from its signature or else from `source`; None where neither has it."""
    namespace, _, name = task.entry.rpartition(".")
    text = f"export namespace {namespace} {{\n{task.signature} {{\n}}\n}}" if task.signature else source
    if not text:
        return None
    for function in _functions(lang.parse([lang.Source("entry.ts", text)]).units[0].items):
        if function.name.name == name and function.body is not None:
            written = (lang.print_node(t) if t else "" for t in (*(p.type for p in function.params), function.result))
            head = text[function.span.start : function.body.span.start].strip()
            return Shape(tuple(" ".join(t.split()) for t in written), head)
    return None


def posing_as(task: Task, other: Task, source: str) -> tuple[Task, str]:
    """A program of `other` under the entry of `task`, and `task` without its fixed line: names of parameters differ."""
    namespace, _, name = task.entry.rpartition(".")
    theirs, _, their_name = other.entry.rpartition(".")
    text = re.sub(rf"(?<![\w$]){re.escape(their_name)}(?![\w$])", name, source)
    if theirs != namespace:
        text = re.sub(rf"(namespace\s+){re.escape(theirs)}(?=\s*{{)", rf"\g<1>{namespace}", text)
        text = re.sub(rf"(?<![\w$.]){re.escape(theirs)}\.(?={name}(?![\w$]))", f"{namespace}.", text)
    return replace(task, signature=None), text


def _functions(items: tuple[n.Item, ...]) -> Iterator[n.Function]:
    for item in items:
        if isinstance(item, n.Namespace):
            yield from _functions(item.items)
        elif isinstance(item, n.Function):
            yield item

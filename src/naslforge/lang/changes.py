"""One small change of a program's text, before anyone knows whether the program still checks."""

from dataclasses import dataclass, replace
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.printer import format_source, print_node
from naslforge.lang.source import Source


@dataclass(frozen=True, slots=True)
class Change:
    """`new` in the place of the node `old`; `kind` names the fault."""

    kind: str
    old: n.Node
    new: str
    shown: tuple[str, str] | None = None  # where the whole texts would hide the change

    def applied(self, source: Source) -> str | None:
        """The changed text in canonical form, None where it is no program."""
        span = self.old.span
        data = source.data[: span.start] + self.new.encode() + source.data[span.end :]
        try:
            return format_source(data.decode())
        except ValueError:
            return None


def with_fields(kind: str, node: n.Node, **changed: Any) -> Change:
    """The node with other fields, in brackets where it is an expression that others may bind to."""
    text = print_node(replace(node, **changed))
    return Change(kind, node, f"({text})" if isinstance(node, n.Binary | n.Unary) else text)

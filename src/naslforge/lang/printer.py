"""AST to canonical NASL: 2 spaces, single quotes, semicolons, lines of at most 120 characters where it can be done.

Printing what was parsed and parsing it again gives an equal tree, and printing that changes nothing.
"""

from naslforge.lang import nodes as n
from naslforge.lang.lower import lower
from naslforge.lang.printing.items import ItemPrinter
from naslforge.lang.printing.normal import normalised
from naslforge.lang.source import Source


def print_unit(unit: n.Unit) -> str:
    """The canonical text of a whole file."""
    lines = ItemPrinter().items(unit.items, "")
    return "\n".join(lines) + "\n" if lines else ""


def print_node(node: n.Node, pad: str = "") -> str:
    """The canonical text of any one node; further lines are indented by `pad`."""
    printer = ItemPrinter()
    if isinstance(node, n.Unit):
        return print_unit(node)
    if isinstance(node, (n.TypeName, n.TypeRecord, n.TypeUnion, n.TypeFunction)):
        return printer.type(node)
    if isinstance(node, n.Block):
        return "\n".join(printer.statements(node.statements, pad))[len(pad) :]
    if isinstance(node, (n.Namespace, n.Function, n.Class, n.Enum, n.Alias, n.View)):
        return "\n".join(printer.items((node,), pad))[len(pad) :]
    if isinstance(node, (n.Let, n.Assign, n.ExprStmt, n.If, n.While, n.ForList, n.Return, n.Abort, n.Comment)):
        return "\n".join(printer.statements((node,), pad))[len(pad) :]
    if isinstance(node, (n.Element, n.Fragment)):
        return printer.content(node, pad, len(pad))
    if isinstance(node, n.Attribute):
        return printer.attribute(node, pad, len(pad))
    if isinstance(node, (n.HandlerList, n.SlotTemplate)):
        return printer.attribute_value(node, pad, len(pad))
    if isinstance(node, n.Lifecycles):
        return printer.lifecycles(node, pad)
    return printer.expr(node, pad, len(pad))  # type: ignore[arg-type]


def format_source(text: str) -> str:
    """The canonical form of a text; a text with faults of syntax is given back as it is."""
    unit, found = lower(Source("", text))
    return text if any(d.is_error for d in found) else print_unit(unit)


def normalise(unit: n.Unit) -> str:
    """Canonical text with local names in order of appearance and without comments: equal for equal programs."""
    return print_unit(normalised(unit))

"""Syntax tree to AST: one construct, one method. Nothing is raised: what cannot be read is reported and a Hole.

The row of classes, each in its file, from what all share to a whole text: reader, types, expr_habits, exprs, queries,
matches, faults, variables, loops, statement_habits, statements, functions, element_habits, between_tags, choices,
vue_habits, elements, page_habits, pages, item_habits, items. Before them `prepare` and `repair` mend what no grammar
survives.
"""

from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Diagnostic, Report
from naslforge.lang.lower.items import UnitLowering
from naslforge.lang.lower.repair import readable
from naslforge.lang.source import Source

_MOST_FAULTS = 1000  # of one text; nobody reads more


def lower(source: Source) -> tuple[n.Unit, list[Diagnostic]]:
    """The tree of a text and every fault of its syntax, in the order of the text."""
    report = Report()
    prepared, root = readable(source, report)
    lowering = UnitLowering(prepared, report)
    unit = lowering.unit(root)
    if not report.found and root.has_error:
        lowering.report_first(root)
    found = sorted(report.found, key=lambda d: (d.span.start, d.span.end))
    return unit, found[:_MOST_FAULTS]

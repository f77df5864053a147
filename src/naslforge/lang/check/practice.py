"""Good practice: what is allowed, but is useless, slow or sure to fail."""

from naslforge.lang import nodes as n
from naslforge.lang.check.facts import Facts
from naslforge.lang.diagnostics import Diagnostic, Report


def practice(units: tuple[n.Unit, ...], facts: Facts) -> list[Diagnostic]:
    """The practice diagnostics of a program without errors, for the text its author wrote."""
    report = Report()
    return report.found

"""NASL: text to checked program. Pure: no clock, no network, no file but its own data."""

from naslforge.lang import nodes, types
from naslforge.lang.catalogue import Builtin, Catalogue, Overload, Parameter, catalogue
from naslforge.lang.diagnostics import Diagnostic, Edit, Fix, Label, Report, Rule, apply_edits
from naslforge.lang.manual import manual
from naslforge.lang.program import Checked, Parsed, check, check_parsed, parse
from naslforge.lang.rules import rules
from naslforge.lang.source import Position, Source, Span

__all__ = [
    "Builtin", "Catalogue", "Checked", "Diagnostic", "Edit", "Fix", "Label", "Overload", "Parameter", "Parsed",
    "Position", "Report", "Rule", "Source", "Span", "apply_edits", "catalogue", "check", "check_parsed", "manual",
    "nodes", "parse", "rules", "types",
]  # fmt: skip

"""NASL: text to checked program. Pure: no clock, no network, no file but its own data."""

from naslforge.lang import nodes, types
from naslforge.lang.catalogue import Builtin, Catalogue, Overload, Parameter, catalogue
from naslforge.lang.components import validation_rules
from naslforge.lang.diagnostics import Diagnostic, Edit, Fix, Label, Report, Rule, apply_edits
from naslforge.lang.estimate import tokens
from naslforge.lang.fixing import Fixed, fix
from naslforge.lang.interchange import differences, to_ast, to_text
from naslforge.lang.manual import MANUAL_BUDGETS, manual
from naslforge.lang.mutants import Mutant, mutants
from naslforge.lang.printer import format_source, normalise, print_node, print_unit
from naslforge.lang.program import Checked, Parsed, check, check_parsed, parse
from naslforge.lang.render import explain, feedback, render
from naslforge.lang.rulebook import RulePage, rule_page
from naslforge.lang.rules import rules  # the function: after all modules that mean the module by this name
from naslforge.lang.source import Position, Source, Span
from naslforge.lang.ties import turned_ties

__all__ = [
    "MANUAL_BUDGETS", "Builtin", "Catalogue", "Checked", "Diagnostic", "Edit", "Fix", "Fixed", "Label", "Mutant",
    "Overload", "Parameter", "Parsed", "Position", "Report", "Rule", "RulePage", "Source", "Span", "apply_edits",
    "catalogue", "check", "check_parsed", "differences", "explain", "feedback", "fix", "format_source", "manual",
    "mutants", "nodes", "normalise", "parse", "print_node", "print_unit", "render", "rule_page", "rules", "to_ast",
    "to_text", "tokens", "turned_ties", "types", "validation_rules",
]  # fmt: skip

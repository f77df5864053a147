"""parse() and check(): the order of passes in one place."""

from dataclasses import dataclass

from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Diagnostic
from naslforge.lang.scope import Callee, Ref, Symbols
from naslforge.lang.types import Type


@dataclass(frozen=True, slots=True)
class Parsed:
    units: tuple[n.Unit, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A program with everything the checker found, keyed by node (identity).

    types: every expression, lambda bodies included. widened: Long expressions that stand where Decimal is wanted.
    names: declared type of every Let, Param, loop, lambda and match Ident. results: result type of every Function
    (VOID for none). result_names: for a Function, the variable named in its `return`s, None for none.
    """

    units: tuple[n.Unit, ...]
    symbols: Symbols
    types: dict[n.Node, Type]
    widened: frozenset[n.Node]
    refs: dict[n.Node, Ref]
    calls: dict[n.Node, Callee]
    names: dict[n.Node, Type]
    results: dict[n.Function, Type]
    fields: dict[str, tuple[tuple[str, Type], ...]]  # full name of structure or entity -> its fields
    enums: dict[str, tuple[tuple[str, str | int, str], ...]]  # full name -> (member, stored value, label)
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.is_error)

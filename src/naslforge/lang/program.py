"""parse() and check(): the order of passes in one place."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from naslforge.lang import nodes as n
from naslforge.lang.check import typecheck
from naslforge.lang.check.practice import practice
from naslforge.lang.diagnostics import Diagnostic, Report
from naslforge.lang.lower import lower
from naslforge.lang.rules import SYNTAX_ERROR
from naslforge.lang.scope import Callee, Ref, Symbols
from naslforge.lang.source import Source
from naslforge.lang.types import Type

_MOST_CALLS = 5_000


@dataclass(frozen=True, slots=True)
class Parsed:
    units: tuple[n.Unit, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A program with everything the checker found, keyed by node (identity).

    types: every expression, lambda bodies included. widened: Long expressions that stand where Decimal is wanted.
    names: declared type of every Let, Param, loop, lambda, match and slot Ident. results: result type of every Function
    (VOID for none).
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


def parse(sources: Iterable[Source]) -> Parsed:
    """The syntax trees of the sources and every fault of syntax."""
    units, found = [], []
    for source in sources:
        unit, diagnostics = lower(source)
        units.append(unit)
        found += diagnostics
    return Parsed(tuple(units), tuple(found))


def check(sources: Sequence[Source]) -> Checked:
    """Parse and type-check a whole program: all its files together, the given context among them."""
    return check_parsed(parse(sources))


def check_parsed(parsed: Parsed) -> Checked:
    """Type-check syntax trees. Practice is looked at only where nothing is wrong, and not in given text."""
    with _room_for_depth():
        facts = typecheck(parsed.units)
        found = [*parsed.diagnostics, *_new_places(parsed.diagnostics, facts.found.found)]
        if not any(d.is_error for d in found):
            found += _unreported(parsed.units)
        if not any(d.is_error for d in found):
            found += practice(parsed.units, facts)
    return Checked(
        units=parsed.units,
        symbols=facts.symbols,
        types=facts.types,
        widened=frozenset(facts.widened),
        refs=facts.refs,
        calls=facts.calls,
        names=facts.names,
        results=facts.results,
        fields=facts.fields,
        enums=facts.enums,
        diagnostics=_in_order(parsed.units, found),
    )


def _unreported(units: Iterable[n.Unit]) -> list[Diagnostic]:
    """What lowering left out without a word: a program with a hole in it must never count as right."""
    report = Report()
    for hole in (part for unit in units if unit.holes for part in unit.walk() if isinstance(part, n.Hole)):
        text = " ".join(hole.span.text.split())
        report.add(SYNTAX_ERROR, hole.span, text=f"`{text[:40]}`" if text else "this")
    return report.found


@contextmanager
def _room_for_depth() -> Iterator[None]:
    """Python stops at 1,000 calls within calls; an expression of the depth that the parser allows takes more."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _MOST_CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _new_places(known: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Faults of types at places where no fault of syntax was reported: one fault, one report."""
    taken = {_place(d) for d in known}
    return [d for d in found if _place(d) not in taken]


def _place(d: Diagnostic) -> tuple[int, int, int]:
    return id(d.span.source), d.span.start, d.span.end


def _in_order(units: tuple[n.Unit, ...], found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file and place, each rule once at a place."""
    files = {id(unit.source): i for i, unit in enumerate(units)}
    once = {(d.rule.code, *_place(d)): d for d in reversed(list(found))}
    key = lambda d: (files.get(id(d.span.source), 0), d.span.start, d.span.end, d.rule.code)  # noqa: E731
    return tuple(sorted(once.values(), key=key))

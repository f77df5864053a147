"""The typing rules. `typecheck` takes the units of a program and gives the facts found."""

from naslforge.lang import nodes as n
from naslforge.lang.check.decls import Declarations, collect


def typecheck(units: tuple[n.Unit, ...]) -> Declarations:
    """Check every declaration of the program; the facts and the diagnostics are on the result."""
    checker = Declarations(*collect(units))
    checker.program()
    return checker

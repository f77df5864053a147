"""The typing rules. `typecheck` takes the units of a program and gives the facts found.

One checker, told in layers, each a class over the one before: facts (what is known, how to report), annotations,
mending (what to write instead), fitting (what fits where), literals, exprs, names, overloads, calls, callees,
queries, entities, foreign (habits of other languages), variables, stmts, decls. practice and failing run afterwards.
"""

from naslforge.lang import nodes as n
from naslforge.lang.check.decls import Declarations, collect


def typecheck(units: tuple[n.Unit, ...]) -> Declarations:
    """Check every declaration of the program; the facts and the diagnostics are on the result."""
    checker = Declarations(*collect(units))
    checker.program()
    return checker

"""The typing rules. `typecheck` takes the units of a program and gives the facts found.

One checker, told in layers, each a class over the one before: facts (what is known, how to report), annotations,
mending (what to write instead), fitting (what fits where), literals, exprs, names, overloads, calls, callees,
queries, entities, foreign (habits of other languages), variables, stmts, then what pages add: elements ($refs, page
logics, page or server), navigation, form_rules, attributes, markup (components, slots, events), pages, and decls.
project, processes and model look at whole projects; practice, page_practice and failing run afterwards.
"""

from naslforge.lang import nodes as n
from naslforge.lang.check.decls import Declarations, collect


def typecheck(units: tuple[n.Unit, ...]) -> Declarations:
    """Check every declaration of the program; the facts and the diagnostics are on the result."""
    checker = Declarations(*collect(units))
    checker.program()
    return checker

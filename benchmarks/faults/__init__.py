"""Programs with known faults: right programs into which mutators put what models and people really write wrongly.

A mutator is a generator of changes; each makes the text wrong by the language's reference (it looks at the types of
the right program to be sure). Where a change may turn out to be legal after all, the judge decides: a text without an
error that passes the tests of its task is equivalent and is left out.
"""

from faults import calls, names, queries, statements, text, unseen, values
from faults.making import Fault, Faulty, Place, faulty
from faults.view import Change, Kind, Reference, View

SEEN: tuple[Kind, ...] = (
    *names.KINDS, *values.KINDS, *calls.KINDS, *statements.KINDS, *text.KINDS, *queries.KINDS,
)  # fmt: skip

UNSEEN: tuple[Kind, ...] = unseen.KINDS

__all__ = ["SEEN", "UNSEEN", "Change", "Fault", "Faulty", "Kind", "Place", "Reference", "View", "faulty"]

"""What is declared where: the project's declarations by full name, what names stand for, nearest-name suggestions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from naslforge.lang import nodes as n
from naslforge.lang.catalogue import Builtin
from naslforge.lang.types import Type


# --- what a Name or a dotted Member chain stands for (Checked.refs)
@dataclass(frozen=True, slots=True)
class Local:
    """A variable, parameter, loop name, lambda parameter or match parameter of the running logic; a variable or
    parameter of the page around it (`page`), or the data that a slot is given (`slot`)."""

    name: str
    kind: str  # "variable" | "parameter" | "loop" | "lambda" | "match" | "page" | "slot"
    declared: n.Node  # Let, Param, or the Ident of the loop, lambda, match or slot
    type: Type


@dataclass(frozen=True, slots=True)
class Row:
    """A row name of a query or of an entity filter; `entity` is the full name."""

    name: str
    entity: str


@dataclass(frozen=True, slots=True)
class EnumItem:
    enum: str  # full name
    member: str
    value: str | int  # stored value


@dataclass(frozen=True, slots=True)
class TableRef:
    entity: str  # full name


@dataclass(frozen=True, slots=True)
class GlobalVariable:
    """A backend, frontend or configuration variable."""

    name: str  # full name
    declared: n.Let


@dataclass(frozen=True, slots=True)
class ElementRef:
    """`$refs.table`, `elements.table`, or `elements.$ce` for the element that it stands in."""

    name: str
    element: n.Element


@dataclass(frozen=True, slots=True)
class ElementState:
    """`$refs.table.data`: what can be read of an element."""

    element: n.Element
    name: str


# --- what a call goes to (Checked.calls)
@dataclass(frozen=True, slots=True)
class LibraryCall:
    """A function of the standard library, global ones (PAGINATE, plus …) and query functions used outside queries.

    `type_args` are the resolved type parameters of the chosen overload, in its order (inferred or written).
    """

    builtin: Builtin
    overload: int
    type_args: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class LogicCall:
    """A logic of the project with a body; `name` is the full name."""

    name: str
    declared: n.Function


@dataclass(frozen=True, slots=True)
class ExternalCall:
    """A `declare function`: interface, connector, extension logic, or a logic shown only as context."""

    name: str
    declared: n.Function


@dataclass(frozen=True, slots=True)
class EntityCall:
    """`<E>Entity.method(…)`; `entity` is the full name."""

    entity: str
    method: str


@dataclass(frozen=True, slots=True)
class PageLogicCall:
    """A logic of the page that the call stands in; `page` is the full name of the page."""

    page: str
    name: str
    declared: n.Function


@dataclass(frozen=True, slots=True)
class ElementCall:
    """`$refs.table.reload()`."""

    element: n.Element
    method: str


@dataclass(frozen=True, slots=True)
class SyncCall:
    """`$sync(path)`: the property and the path follow each other. The type of the call is that of the path."""


@dataclass(frozen=True, slots=True)
class ValidationCall:
    """`nasl.validation.maxLength(20)` in `rules`: a rule for the value of the field."""

    name: str


@dataclass(frozen=True, slots=True)
class QueryFunction:
    """LIKE, COUNT, YEAR … inside a query or an entity filter, over rows."""

    name: str


Ref = Local | Row | EnumItem | TableRef | GlobalVariable | ElementRef | ElementState
Callee = (
    LibraryCall | LogicCall | ExternalCall | EntityCall | QueryFunction | PageLogicCall | ElementCall | SyncCall
    | ValidationCall
)  # fmt: skip


@dataclass(slots=True)
class Declared:
    """A declaration with its full name; `given` when it comes from the context."""

    name: str
    node: n.Function | n.Class | n.Enum | n.Let | n.Alias | n.View
    given: bool = False


@dataclass(slots=True)
class Symbols:
    """Every declaration of the program by full name (`app.logics.f`, `app.dataSources.defaultDS.entities.Order`)."""

    by_name: dict[str, Declared] = field(default_factory=dict)

    def entities(self) -> list[Declared]:
        return [d for d in self.by_name.values() if is_entity(d)]

    def logics(self) -> list[Declared]:
        return [d for d in self.by_name.values() if isinstance(d.node, n.Function)]


def is_entity(declared: Declared) -> bool:
    """A class directly in a namespace `….entities`."""
    return isinstance(declared.node, n.Class) and declared.name.rsplit(".", 2)[-2] == "entities"


_PLACES, _MOST = 61, 64  # places for letters, and how often one is counted in a name


def nearest(name: str, known: Iterable[str], at_least: float = 0.6) -> str | None:
    """The known name most like `name`, or None; letter case counts little, ties go to the first in the alphabet."""
    best: str | None = None
    most = at_least
    for bound, other in sorted(((_likest(name, other), other) for other in known), reverse=True):
        if bound < most:  # matching is slow, and most names are nothing like
            break
        score = _likeness(name, other)
        if score > most or (score == most and (best is None or other < best)):
            best, most = other, score
    return best


def _likeness(name: str, other: str) -> float:
    same_case = SequenceMatcher(None, name, other).ratio()
    return 0.7 * SequenceMatcher(None, name.lower(), other.lower()).ratio() + 0.3 * same_case


def _likest(name: str, other: str) -> float:
    """What the likeness can be at most: by the lengths, then by the letters they share in any order."""
    together = len(name.lower()) + len(other.lower())
    if not together:
        return 1.0
    shared = (_letters(name) & _letters(other)).bit_count()
    return 2 * shared / min(together, len(name) + len(other))


@lru_cache(maxsize=4096)
def _letters(name: str) -> int:
    """The letters of a name as bits, for each letter as many as it occurs: bits in common are letters in common.

    Letters that share a place are taken for one, which can only raise what two names seem to have in common.
    """
    counts = Counter(ord(letter) % _PLACES for letter in name.lower())
    return sum(((1 << min(count, _MOST)) - 1) << place * _MOST for place, count in counts.items())

"""Type parameters: what a call binds them to, seen from its arguments and from the place it stands in."""

from collections.abc import Callable

from naslforge.lang.types import (
    ANY,
    NULL,
    Anonymous,
    FunctionType,
    ListOf,
    MapOf,
    Structure,
    Type,
    TypeVar,
    Union,
    Unknown,
)

Common = Callable[[Type, Type], Type | None]


class Binding:
    """What the type parameters `names` of one call stand for.

    A parameter seen inside a List or Map is bound for good, because those are invariant; one seen by itself may
    still widen, as from Long to Decimal.
    """

    def __init__(self, names: tuple[str, ...], common: Common) -> None:
        self.names, self.common = names, common
        self.found: dict[str, Type] = {}
        self._firm: set[str] = set()

    def learn(self, wanted: Type, given: Type, *, firm: bool = False, literal: bool = False) -> None:
        """Match a parameter's type with an argument's."""
        match wanted, given:
            case TypeVar(name, _), _ if name in self.names:
                self._bind(name, given, firm and not literal)
            case Union(members), _:
                for member in members:
                    self.learn(member, given, firm=firm, literal=literal)
            case ListOf(a), ListOf(b):
                self.learn(a, b, firm=True, literal=literal)
            case MapOf(k, v), MapOf(k2, v2):
                self.learn(k, k2, firm=True, literal=literal)
                self.learn(v, v2, firm=True, literal=literal)
            case Structure(name, args), Structure(name2, args2) if name == name2:
                for a, b in zip(args, args2, strict=False):
                    self.learn(a, b, firm=True)
            case Anonymous(fields), Anonymous(fields2):
                have = dict(fields2)
                for name, type_ in fields:
                    if name in have:
                        self.learn(type_, have[name], firm=firm, literal=literal)
            case FunctionType(_, result), FunctionType(_, result2):
                self.learn(result, result2, firm=firm)

    def _bind(self, name: str, given: Type, firm: bool) -> None:
        if given is NULL or isinstance(given, Unknown):
            return
        known = self.found.get(name)
        if known is None or (firm and name not in self._firm):
            self.found[name] = given
        elif name not in self._firm:
            self.found[name] = self.common(known, given) or known
        if firm:
            self._firm.add(name)

    def hint(self, wanted: Type, expected: Type | None) -> dict[str, Type]:
        """What the place of the call would make of the parameters that are still open."""
        if expected is None or expected is ANY:
            return {}
        guess = Binding(self.names, self.common)
        guess.learn(wanted, expected)
        return {name: type_ for name, type_ in guess.found.items() if name not in self.found and type_ is not ANY}

    def all(self) -> tuple[Type, ...]:
        """The types of all parameters in order, Any for those left open."""
        return tuple(self.found.get(name, ANY) for name in self.names)

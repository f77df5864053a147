"""Any values of the declared types, nulls and extremes too, go into the library; faults come out, never a crash."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from typing import Any

import pytest

from naslforge.lang import Overload, catalogue
from naslforge.lang import types as t
from naslforge.run import library
from naslforge.run.limits import LimitReached, Limits
from naslforge.run.values import EXACT, LONG_MAX, NaslError, Regex, Shapes, Struct, Time
from naslforge.run.world import Runtime

CALLS = 25  # of every function
VALUES: dict[str, list[Any]] = {
    "Boolean": [True, False],
    "Long": [0, 1, -1, 2, 5, 100, -7, LONG_MAX, -LONG_MAX, 1_700_000_000_000],
    "Decimal": [Decimal(text) for text in ("0", "-0.0", "1.5", "-2.50", "1E+30", "1E-30", "99999999999999999999.99")],
    "String": [
        "", "  ", "a", "😀x", "\ud83d", "2024-01-31", "0001-01-01", "9999-12-31", "12", "-3.5", "true", "10:20:30",
        "yyyy-MM-dd", "Asia/Shanghai", "Bad/Zone", "day-year", "d", '{"a": 1}', "120,30",
    ],
    "Date": [date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)],
    "DateTime": [datetime(y, 2, 28, tzinfo=UTC) for y in (2, 1970, 2024, 9998)],
    "Time": [Time.parse(text) for text in ("09:05", "23:59:59", "00:00:00.5")],
}  # fmt: skip
FREE = (t.LONG, t.STRING, t.DECIMAL, t.DATE)
RECORD = t.Anonymous((("a", t.LONG), ("b", t.STRING)))
FUNCTIONS = [
    builtin.full_name
    for builtin in catalogue()
    if builtin.full_name in library.FUNCTIONS and builtin.kind == "function" and "processV2" not in builtin.full_name
]


class Maker:
    """Makes values; a type parameter stands for the same type all through a call."""

    def __init__(self, seed: str):
        self.random = random.Random(seed)
        self.bound: dict[str, t.Type] = {}

    def value(self, type_: t.Type, nulls: float = 0.15) -> Any:
        r = self.random
        match type_:
            case t.FunctionType(_, result):
                return self.function(result)
            case _ if r.random() < nulls:
                return None
            case t.TypeVar(name, bounds):
                return self.value(self.bound.setdefault(name, r.choice(bounds or (*FREE, RECORD))), 0)
            case t.Union(members):
                return self.value(r.choice(members), 0)
            case t.ListOf(item):
                return [self.value(item) for _ in range(r.choice((0, 1, 2, 5)))]
            case t.MapOf(_, item):
                return {r.choice(("a", "b", "😀", None)): self.value(item) for _ in range(r.choice((0, 1, 3)))}
            case t.Anonymous(fields):
                return Struct(type_, {name: self.value(field) for name, field in fields})
            case t.REGEX:
                return Regex(r.choice(("a", "(a)|b", r"\d+", "[", "a*", "(?=a)", "(a*)*b")), r.choice(("", "g", "gi")))
            case t.Structure():
                return Struct(type_, {"code": r.choice(("KeyA", None)), "ctrlKey": True})
            case t.Primitive(name) if name != "Any":
                return r.choice(VALUES[name if name in VALUES else "String"])
            case _:
                return self.value(r.choice(FREE), 0)

    def function(self, result: t.Type) -> Callable[..., Any]:
        """Gives what it was given, or something of its own."""
        if isinstance(result, t.Anonymous):
            return lambda item: Struct(result, {"by": item, "asc": self.random.random() < 0.5})
        return lambda *given: given[0] if self.random.random() < 0.5 and _is_key(given[0]) else self.value(t.STRING)

    def arguments(self, overload: Overload) -> list[Any]:
        args: list[Any] = []
        for param in overload.params:
            count = self.random.choice((1, 2)) if param.variadic else 1
            own = [self.random.choice((*param.choices, None)) if param.choices else None for _ in range(count)]
            args += own if param.choices else [self.value(param.type) for _ in range(count)]
        while len(args) > overload.least and self.random.random() < 0.3 and not overload.params[-1].variadic:
            args.pop()
        return args


def _is_key(value: Any) -> bool:
    return not isinstance(value, list | dict)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_faults(name: str) -> None:
    builtin = catalogue()[name]
    for turn in range(CALLS):
        maker = Maker(f"{name}{turn}")
        overload = maker.random.choice(builtin.overloads)
        args = maker.arguments(overload)
        types = tuple(maker.random.choice((*FREE, t.TIME, t.DATETIME, t.BOOLEAN)) for _ in range(2))
        extra = {"rt": Runtime(limits=Limits(steps=100_000)), "types": types, "shapes": Shapes()}
        needed = {key: value for key, value in extra.items() if key in library.needs(name)}
        try:
            with localcontext(EXACT):
                library.FUNCTIONS[name](*args, **needed)
        except (NaslError, LimitReached):
            continue
        except TypeError as error:
            assert "unhashable" in str(error), (args, error)  # told as a fault by the program around (run/emit.py)

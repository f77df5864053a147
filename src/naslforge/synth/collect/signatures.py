"""Cases in Python values to a NASL function line and Test records: types are inferred from all cases together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from naslforge.records import Test
from naslforge.synth.collect.asserts import Case
from naslforge.synth.collect.names import camel_case, distinct
from naslforge.synth.collect.shapes import (
    Inexpressible,
    ListOf,
    Shape,
    has_decimal,
    is_known,
    join,
    join_all,
    settle,
    shape_of,
    to_wire,
    type_text,
)

RELATIVE_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Signature:
    """The NASL function that a list of cases calls."""

    name: str
    params: tuple[str, ...]
    shapes: tuple[Shape, ...]
    result: Shape

    @property
    def line(self) -> str:
        params = ", ".join(f"{n}: {type_text(s)}" for n, s in zip(self.params, self.shapes, strict=True))
        return f"export function {self.name}({params}): {type_text(self.result)}"

    @property
    def entry(self) -> str:
        return f"app.logics.{self.name}"


def infer(function: str, params: Sequence[str], cases: Sequence[Case]) -> Signature:
    """The signature that fits all cases. Raises Inexpressible, also where a type stays unknown."""
    columns = zip(*(case.args for case in cases), strict=True)
    shapes = tuple(_joint(column) for column in columns)
    result = _joint(case.expect for case in cases)
    if len(shapes) != len(params):
        raise Inexpressible("number of arguments does not fit the function")
    name = camel_case(function, "run")
    return Signature(name, tuple(distinct(map(camel_case, params), taken=[name])), shapes, result)


def _joint(values: Any) -> Shape:
    shape = settle(join_all(map(shape_of, values)))
    if not is_known(shape):
        raise Inexpressible("no value tells the type (always empty or None)")
    return shape


def fits(signature: Signature, case: Case) -> bool:
    """Whether a further case can be added without changing any type."""
    try:
        wanted = (*signature.shapes, signature.result)
        given = (*case.args, case.expect)
        return len(wanted) == len(given) and all(_accepts(s, v) for s, v in zip(wanted, given, strict=True))
    except Inexpressible:
        return False


def _accepts(shape: Shape, value: Any) -> bool:
    return join(shape, settle(shape_of(value))) == shape


def write_test(signature: Signature, case: Case) -> Test:
    """The Test record of one case."""
    ordered = case.ordered or not isinstance(signature.result, ListOf)
    args = [to_wire(value, shape) for value, shape in zip(case.args, signature.shapes, strict=True)]
    expect = to_wire(case.expect, signature.result)
    return Test(args=args, expect=expect, ordered=ordered, tolerance=_tolerance(signature.result, case))


def _tolerance(result: Shape, case: Case) -> float | None:
    """The origin's tolerance, else a millionth of the largest expected number (1e-6 at least): floats are not exact."""
    if not has_decimal(result):
        return None
    if case.tolerance:
        return case.tolerance
    return float(f"{RELATIVE_TOLERANCE * max(1.0, _largest(case.expect)):.1g}")


def _largest(value: Any) -> float:
    if isinstance(value, dict):
        return max(map(_largest, value.values()), default=0.0)
    if isinstance(value, list | tuple | set | frozenset):
        return max(map(_largest, value), default=0.0)
    return float(abs(value)) if isinstance(value, int | float) else 0.0

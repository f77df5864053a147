"""The functions of queries where they are called outside of one (D30): the same meaning, over plain values.

A null argument makes a scalar function null and a condition false.
"""

from collections.abc import Callable
from typing import Any

from naslforge.lang import types as t
from naslforge.run import ops, sqlfunctions
from naslforge.run.library.lists import contains
from naslforge.run.texts import Printer
from naslforge.run.values import Shapes
from naslforge.run.world import Runtime


def like(text: str | None, pattern: str | None, *, rt: Runtime) -> bool:
    if text is not None and pattern is not None:
        rt.spend(1 + len(text) * (len(pattern) if "_" in pattern else 1) // 50)
    return ops.like(text, pattern)


def is_in(value: Any, container: Any, *, rt: Runtime) -> bool:
    if isinstance(container, list | str):
        rt.spend(1 + len(container) // (1 if isinstance(container, list) else 100))
    return ops.is_in(value, container)


def not_in(value: Any, container: Any, *, rt: Runtime) -> bool:
    return container is not None and not is_in(value, container, rt=rt)


def holds(container: Any, value: Any, *, rt: Runtime) -> bool:
    return contains(container, value, rt=rt) if isinstance(container, list) else is_in(value, container, rt=rt)


def between(value: Any, low: Any, high: Any) -> bool:
    if value is None or low is None or high is None:
        return False
    if isinstance(value, str):
        return ops.text_to(low, value) and ops.text_to(value, high)
    return bool(low <= value <= high)


def choose(test: bool | None, then: Any, otherwise: Any) -> Any:
    return then if test else otherwise


def coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def case_when(*pairs: Any) -> Any:
    for test, value in zip(pairs[:-1:2], pairs[1::2], strict=False):
        if test:
            return value
    return pairs[-1] if len(pairs) % 2 else None


def concat(*values: Any, rt: Runtime, shapes: Shapes) -> str:
    printer = Printer(shapes, rt.zone, rt.limits.length)
    text = "".join(printer.text(value, t.ANY) for value in values)
    rt.check_length(len(text))
    return text


def now(*, rt: Runtime) -> Any:
    return rt.now


def _scalar(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, rt: Runtime) -> Any:
        rt.spend(1 + sum(len(v) for v in values if isinstance(v, str)) // 50)
        return None if None in values else function(*values)

    return call


def _zoned(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, rt: Runtime) -> Any:
        return None if None in values else function(rt.zone, *values)

    return call


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: _scalar(function) for name, function in sqlfunctions.PLAIN.items() if name.isidentifier()},
    **{name: _zoned(function) for name, function in sqlfunctions.ZONED.items()},
    "LIKE": like,
    "STARTS_WITH": ops.starts_with,
    "ENDS_WITH": ops.ends_with,
    "IN": is_in,
    "NOT_IN": not_in,
    "CONTAINS": holds,
    "IS_NULL": lambda value: value is None,
    "IS_NOT_NULL": lambda value: value is not None,
    "BETWEEN": between,
    "IF": choose,
    "IFNULL": coalesce,
    "COALESCE": coalesce,
    "CASE_WHEN": case_when,
    "CONCAT": concat,
    "NOW": now,
}

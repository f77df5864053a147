"""Python `assert` lines to cases: arguments, expected value, whether order counts, tolerance.

Understood: `f(a) == v` either way round, `f(a)`, `not f(a)`, `is True/False/None`, `math.isclose`,
`abs(f(a) - v) < eps`, `round(f(a), n) == v`, and `set`, `sorted`, `list`, `tuple`, `int`, `float` or `str` round either
side.
"""

import ast
from dataclasses import dataclass
from typing import Any

from naslforge.synth.collect.literals import constant, parse_python
from naslforge.synth.collect.shapes import Inexpressible, sorted_set

_UNORDERED = {"set", "sorted", "Counter", "collections.Counter", "frozenset"}
_TRANSPARENT = {"list", "tuple", "int", "float", "str", "bool"}


@dataclass(frozen=True, slots=True)
class Case:
    """One call and its result, as Python values."""

    args: tuple[Any, ...]
    keywords: tuple[tuple[str, Any], ...]
    expect: Any
    ordered: bool = True
    tolerance: float | None = None


def called_function(lines: list[str]) -> str | None:
    """The function that a list of asserts is about: the name called in all of them that is no wrapper."""
    for line in lines:
        for node in ast.walk(_parse(line)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in _WRAPPERS:
                return node.func.id
    return None


_WRAPPERS = _UNORDERED | _TRANSPARENT | {"abs", "round", "len", "max", "min", "sum", "all", "any", "isinstance", "dict"}


def read_assert(line: str, function: str) -> Case:
    """The case that one assert line states. Raises Inexpressible with the reason."""
    node = _parse(line)
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _case(operand, False, function)
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right]):
            return _equation(left, right, function)
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="abs"), args=[ast.BinOp(left=left, op=ast.Sub(), right=right)]),
            ops=[ast.Lt() | ast.LtE()],
            comparators=[epsilon],
        ):
            return _close(left, right, function, constant(epsilon))
        case ast.Call(func=ast.Attribute(attr="isclose"), args=[left, right], keywords=keywords):
            limits = {k.arg: constant(k.value) for k in keywords}
            value = constant(right if _mentions(left, function) else left)
            tolerance = max(limits.get("rel_tol", 1e-9) * abs(value), limits.get("abs_tol", 0))
            return _close(left, right, function, tolerance)
        case ast.Call():
            return _case(node, True, function)
    raise Inexpressible("test that is no equation")


def _parse(line: str) -> ast.expr:
    body = parse_python(line.strip()).body
    if len(body) != 1 or not isinstance(body[0], ast.Assert):
        raise Inexpressible("test that is no single assert")
    return body[0].test


def _mentions(node: ast.expr, function: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == function for n in ast.walk(node))


def _equation(left: ast.expr, right: ast.expr, function: str) -> Case:
    if not _mentions(left, function):
        left, right = right, left
    if _mentions(right, function):
        raise Inexpressible("test that calls the function on both sides")
    ordered, tolerance = True, None
    while isinstance(left, ast.Call) and (wrapper := ast.unparse(left.func)) != function:
        if wrapper in _UNORDERED:
            ordered = False
        elif wrapper == "round" and len(left.args) == 2:
            tolerance = 0.5 * 10.0 ** -constant(left.args[1])
        elif wrapper not in _TRANSPARENT:
            raise Inexpressible("test of a part of the result")
        left = left.args[0]
    value = _without_counter(right)
    if isinstance(value, set | frozenset):
        ordered, value = False, sorted_set(value)
    return _case(left, value, function, ordered, tolerance)


def _without_counter(node: ast.expr) -> Any:
    """The constant on the right, `Counter([...])` being read as its list."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Counter") and len(node.args) == 1:
        return constant(node.args[0])
    return constant(node)


def _close(left: ast.expr, right: ast.expr, function: str, tolerance: float) -> Case:
    if not _mentions(left, function):
        left, right = right, left
    return _case(left, constant(right), function, True, tolerance)


def _case(call: ast.expr, value: Any, function: str, ordered: bool = True, tolerance: float | None = None) -> Case:
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == function):
        raise Inexpressible("test of a part of the result")
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        raise Inexpressible("spread arguments")
    args = tuple(constant(a) for a in call.args)
    keywords = tuple((str(k.arg), constant(k.value)) for k in call.keywords)
    return Case(args, keywords, value, ordered, tolerance)

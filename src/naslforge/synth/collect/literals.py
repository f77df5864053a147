"""Constant Python expressions to values, without running Python: literals, arithmetic on them, list(), set(), ..."""

import ast
import math
import warnings
from collections.abc import Callable
from typing import Any

from naslforge.synth.collect.shapes import Inexpressible

_BIG = 10**6


def _power(a: Any, b: Any) -> Any:
    if abs(a) > _BIG or abs(b) > 200:
        raise Inexpressible("power too large to work out")
    return a**b


def _repeat(a: Any, b: Any) -> Any:
    size = max((len(x) for x in (a, b) if isinstance(x, str | list | tuple)), default=0)
    if size and size * min(x for x in (a, b) if isinstance(x, int)) > _BIG:
        raise Inexpressible("repeated value too long")
    return a * b


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: _repeat,
    ast.Div: lambda a, b: a / b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b if isinstance(a, int | float) else None,
    ast.Pow: _power,
}
_CALLS: dict[str, Callable[..., Any]] = {
    "list": list, "tuple": tuple, "set": set, "dict": dict, "sorted": sorted, "range": lambda *a: list(range(*a)),
    "str": str, "int": int, "float": float, "abs": abs, "math.sqrt": math.sqrt, "frozenset": set,
}  # fmt: skip
_NAMES = {"math.pi": math.pi, "math.e": math.e}


def parse_python(text: str) -> ast.Module:
    """The tree of Python source. Raises Inexpressible; warnings about its escapes are not ours to give."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Inexpressible("code or test that is no Python") from error


def constant(node: ast.expr) -> Any:
    """The value of a constant expression. Raises Inexpressible for anything that is not one."""
    try:
        return _value(node)
    except (ArithmeticError, TypeError, ValueError, RecursionError) as error:
        raise Inexpressible("expression that is no constant") from error


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            if isinstance(value, bytes | complex) or value is ...:
                raise Inexpressible(f"value of type {type(value).__name__}")
            return value
        case ast.List(elts=items):
            return [_value(e) for e in items]
        case ast.Tuple(elts=items):
            return tuple(_value(e) for e in items)
        case ast.Set(elts=items):
            return {_value(e) for e in items}
        case ast.Dict(keys=keys, values=values) if all(keys):
            return {_value(k): _value(v) for k, v in zip(keys, values, strict=True) if k is not None}
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return +_value(operand)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left), _value(right))
        case ast.Call(func=func, args=args, keywords=[]) if ast.unparse(func) in _CALLS:
            return _CALLS[ast.unparse(func)](*(_value(a) for a in args))
        case ast.Attribute() if ast.unparse(node) in _NAMES:
            return _NAMES[ast.unparse(node)]
        case ast.Lambda():
            raise Inexpressible("function as argument")
        case ast.Name() | ast.Attribute():
            raise Inexpressible("name that is no constant (class, function or set-up code)")
        case ast.Call():
            raise Inexpressible("call of other Python code in a test")
    raise Inexpressible("expression that is no constant")

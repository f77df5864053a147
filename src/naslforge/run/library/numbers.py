"""Functions over numbers. Undefined results are faults (D41); roots and powers keep 20 significant digits."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
)
from functools import wraps
from typing import Any

from naslforge.run import ops
from naslforge.run.values import DIGITS, EXACT, ROUGH, arithmetic, illegal, long, plain_decimal
from naslforge.run.world import Runtime

Number = int | Decimal
ROUNDINGS = {"TowardsZero": ROUND_DOWN, "TowardsInfinity": ROUND_UP, "HalfUp": ROUND_HALF_UP}
FINE = Context(prec=40, rounding=ROUND_HALF_UP, Emax=2 * DIGITS, Emin=-2 * DIGITS)


def defined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a null argument and an undefined result faults of the program."""

    @wraps(function)
    def guarded(*values: Any) -> Any:
        if None in values:
            raise illegal("a mathematical function of null", "数学函数的参数为 null")
        try:
            return function(*values)
        except (DecimalException, OverflowError, ValueError) as error:
            raise arithmetic("the result is not defined, or too large", "结果无意义或过大") from error

    return guarded


def whole(value: Number, rounding: str) -> int:
    """The number rounded to a Long."""
    if isinstance(value, int):
        return long(value)
    if value.adjusted() > 20:
        raise arithmetic("the number is outside the range of Long", "数值超出 Long 的范围")
    return long(int(value.to_integral_value(rounding=rounding)))


def half_up(value: Number, digits: int) -> Decimal:
    """The number with so many digits after the point, halves away from zero."""
    value = Decimal(value)
    if value.as_tuple().exponent >= -digits:  # type: ignore[operator]
        return value
    return EXACT_ROUND.quantize(value, Decimal(1).scaleb(-digits))


EXACT_ROUND = Context(prec=2 * DIGITS, rounding=ROUND_HALF_UP, Emax=4 * DIGITS, Emin=-4 * DIGITS)


def round_number(value: Number | None, mode: str | None = None) -> int:
    rounding = ROUNDINGS.get(mode or "HalfUp")
    if rounding is None:
        raise illegal(f"unknown way of rounding {mode!r}", f"未知的取整方式 {mode!r}")
    return 0 if value is None else whole(value, rounding)


@defined
def ceil(value: Number) -> int:
    return whole(value, ROUND_CEILING)


@defined
def floor(value: Number) -> int:
    return whole(value, ROUND_FLOOR)


@defined
def trunc(value: Number) -> int:
    return whole(value, ROUND_DOWN)


@defined
def trunc_divide(a: Number, b: Number) -> int:
    if not b:
        raise arithmetic("division by zero", "除数为 0")
    return long(int(EXACT.divide_int(Decimal(a), Decimal(b))))


@defined
def absolute(value: Number) -> Number:
    return abs(value) if isinstance(value, int) else EXACT.abs(value)


@defined
def power(base: Number, exponent: Number) -> Decimal:
    if not exponent:
        return Decimal(1)
    return _tidy(ROUGH.power(Decimal(base), Decimal(exponent)))


@defined
def square_root(value: Number) -> Decimal:
    return _tidy(ROUGH.sqrt(Decimal(value)))


@defined
def cube_root(value: Number) -> Decimal:
    root = FINE.power(abs(Decimal(value)), FINE.divide(Decimal(1), Decimal(3))) if value else Decimal(0)
    return _tidy(ROUGH.plus(root.copy_sign(Decimal(value))))


@defined
def logarithm(value: Number) -> Decimal:
    if value <= 0:
        raise arithmetic("the logarithm of a number that is not positive", "非正数没有对数")
    return _tidy(ROUGH.ln(Decimal(value)))


def _tidy(value: Decimal) -> Decimal:
    """Without the zeros that filling up to 20 digits brought."""
    if not value.is_finite():
        raise arithmetic("the result is not defined", "结果无意义")
    value = value.normalize(ROUGH)
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1), context=EXACT) if isinstance(exponent, int) and exponent > 0 else value


def random_int(least: int | None, most: int | None = None, *, rt: Runtime) -> int:
    if least is None:
        raise illegal("RandomInt of null", "RandomInt 的参数为 null")
    if most is None:
        least, most = 0, least
    if most < least:
        least, most = most, least
    return rt.random.randint(least, most)


# --- texts of numbers


def format_number(
    value: Number | None,
    digits: int | None,
    omit: bool | None = None,
    group: bool | None = None,
    fix: str | None = None,
    unit: str | None = None,
    *,
    rt: Runtime,
) -> str | None:
    if value is None or digits is None:
        return None
    text = "0" if not value else fixed(value, digits, omit is True, group is True, rt)
    if fix == "prefix" and unit:
        return unit + text
    return text + unit if fix == "suffix" and unit else text


def format_percent(
    value: Number | None, digits: int | None, omit: bool | None = None, group: bool | None = None, *, rt: Runtime
) -> str | None:
    if value is None or digits is None:
        return None
    if not value:
        return "0%"
    return fixed(EXACT.multiply(Decimal(value), Decimal(100)), digits, omit is True, group is True, rt) + "%"


def fixed(value: Number, digits: int, omit: bool, group: bool, rt: Runtime) -> str:
    """The number with fixed digits after the point."""
    digits = max(digits, 0)
    rt.check_length(digits + 2)
    if digits > DIGITS:
        raise illegal(f"{digits} digits are too many", f"小数位数 {digits} 过大")
    rounded = half_up(value, digits)
    text = plain_decimal(rounded) if omit else f"{rounded:.{digits}f}"
    sign = "-" if value < 0 else ""
    text = text.removeprefix("-")
    head, point, tail = text.partition(".")
    if group:
        head = f"{int(head):,}" if len(head) < 4000 else head
    text = head + point + tail
    # A small negative number keeps its sign in fixed digits ("-0.00"), as JavaScript prints it; "-0" never stands.
    return text if omit and text == "0" else sign + text


def _operator(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def call(left: Number | None, right: Number | None) -> Any:
        result = function(left or 0, right or 0)
        return long(result) if isinstance(result, int) else result

    return call


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.FormatNumber": format_number,
    "nasl.util.FormatPercent": format_percent,
    "nasl.util.Round": round_number,
    "nasl.util.Ceil": ceil,
    "nasl.util.Floor": floor,
    "nasl.util.Trunc": trunc,
    "nasl.util.TruncDivide": trunc_divide,
    "nasl.util.Abs": absolute,
    "nasl.util.Pow": power,
    "nasl.util.Sqrt": square_root,
    "nasl.util.Cbrt": cube_root,
    "nasl.util.Log": logarithm,
    "nasl.util.RandomInt": random_int,
    "plus": _operator(lambda a, b: a + b),
    "minus": _operator(lambda a, b: a - b),
    "multiply": _operator(lambda a, b: a * b),
    "divide": ops.divide,
    "remainder": ops.remainder,
}

"""The functions of queries that SQL has not, or has with another meaning, over NASL values (REFERENCE 5.9).

Each takes decoded, non-null values and gives a NASL value or null. Those in ZONED take the zone of the app first.
"""

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from naslforge.run import ops
from naslforge.run.columns import encode_decimal
from naslforge.run.values import DIGITS, EXACT, LONG_MAX, ROUGH, NaslError, Time, arithmetic, illegal, plain_decimal


def _exact(operation: Callable[[Decimal, Decimal], Decimal], a: Decimal, b: Decimal) -> Decimal:
    try:
        return operation(a, b)
    except ArithmeticError as error:
        raise too_many_digits() from error


def too_many_digits() -> NaslError:
    return arithmetic("a number has too many digits", "数字的位数太多")


def unroundable(digits: int) -> NaslError:
    return arithmetic(f"cannot round to {digits} digits", f"不能保留 {digits} 位小数")


def unknown_unit(unit: str) -> NaslError:
    return illegal(f"unknown unit {unit!r}", f"未知的单位 {unit!r}")


def out_of_range() -> NaslError:
    return illegal("a date out of range", "日期超出范围")


def no_divisor() -> NaslError:
    return arithmetic("division by zero in a query", "查询中除以 0")


def no_modulus() -> NaslError:
    return arithmetic("remainder of a division by zero in a query", "查询中对 0 取余")


def no_long() -> NaslError:
    """Without the number: which row comes first is the engine's affair."""
    return arithmetic("a Long is out of range in a query", "查询中的结果超出 Long 的范围")


def _long(value: int) -> int:
    if -LONG_MAX <= value <= LONG_MAX:
        return value
    raise no_long()


def plus(a: Any, b: Any) -> Any:
    return _long(a + b) if isinstance(a, int) else _exact(EXACT.add, a, b)


def minus(a: Any, b: Any) -> Any:
    return _long(a - b) if isinstance(a, int) else _exact(EXACT.subtract, a, b)


def times(a: Any, b: Any) -> Any:
    return _long(a * b) if isinstance(a, int) else _exact(EXACT.multiply, a, b)


def divide(a: Decimal, b: Decimal) -> Decimal:
    if not b:
        raise no_divisor()
    return _exact(ROUGH.divide, a, b)


def remainder(a: Any, b: Any) -> Any:
    if not b:
        raise no_modulus()
    if isinstance(a, int):
        return abs(a) % abs(b) * (-1 if a < 0 else 1)
    return _exact(EXACT.remainder, a, b)


_ROUNDING = Context(prec=DIGITS, Emax=2 * DIGITS, Emin=-2 * DIGITS, traps=[InvalidOperation])


def _rounded(value: Decimal, digits: int, rounding: str) -> Decimal:
    try:
        return value.quantize(Decimal(1).scaleb(-digits), rounding, _ROUNDING)
    except ArithmeticError as error:
        raise unroundable(digits) from error


def round_half_up(value: Decimal, digits: int = 0) -> Decimal:
    return _rounded(value, digits, ROUND_HALF_UP)


def truncate(value: Decimal, digits: int) -> Decimal:
    return _rounded(value, digits, ROUND_DOWN)


def substring(text: str, start: int, length: int) -> str:
    """SUBSTR: `start` counts from 1, from the end where negative."""
    if start == 0 or length <= 0:
        return ""
    first = start - 1 if start > 0 else len(text) + start
    return text[first : first + length] if first >= 0 else ""


def local(value: Any, zone: ZoneInfo) -> Any:
    """A DateTime as the wall clock of the zone; a Date or Time as it is."""
    try:
        return value.astimezone(zone) if isinstance(value, datetime) else value
    except OverflowError as error:
        raise out_of_range() from error


def _part(name: str) -> Callable[[ZoneInfo, Any], int]:
    def part(zone: ZoneInfo, value: Any) -> int:
        return getattr(value.value if isinstance(value, Time) else local(value, zone), name)

    return part


def date_of(zone: ZoneInfo, value: Any) -> date:
    moment = local(value, zone)
    return moment.date() if isinstance(moment, datetime) else moment


def quarter(zone: ZoneInfo, value: Any) -> int:
    return (date_of(zone, value).month + 2) // 3


def days_since_zero(zone: ZoneInfo, value: Any) -> int:
    return date_of(zone, value).toordinal() + 365


_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def date_add(zone: ZoneInfo, value: Any, amount: int, unit: str) -> Any:
    """DATE_ADD: months keep the day or take the month's last."""
    try:
        if unit in _MONTHS:
            return _add_months(zone, value, amount * _MONTHS[unit])
        if unit not in _SECONDS:
            raise unknown_unit(unit)
        if isinstance(value, datetime):
            return value + timedelta(seconds=amount * _SECONDS[unit])
        return value + timedelta(days=amount * _SECONDS[unit] // 86400)
    except (OverflowError, ValueError) as error:
        raise out_of_range() from error


def date_sub(zone: ZoneInfo, value: Any, amount: int, unit: str) -> Any:
    return date_add(zone, value, -amount, unit)


def _add_months(zone: ZoneInfo, value: Any, months: int) -> Any:
    moment = local(value, zone)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    moved = moment.replace(year=year, month=month + 1, day=day)
    return moved.astimezone(UTC) if isinstance(moved, datetime) else moved


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CODES: dict[str, Callable[[datetime], str]] = {
    "Y": lambda d: f"{d.year:04d}",
    "y": lambda d: f"{d.year % 100:02d}",
    "m": lambda d: f"{d.month:02d}",
    "c": lambda d: str(d.month),
    "d": lambda d: f"{d.day:02d}",
    "e": lambda d: str(d.day),
    "H": lambda d: f"{d.hour:02d}",
    "k": lambda d: str(d.hour),
    "h": lambda d: f"{(d.hour + 11) % 12 + 1:02d}",
    "I": lambda d: f"{(d.hour + 11) % 12 + 1:02d}",
    "l": lambda d: str((d.hour + 11) % 12 + 1),
    "i": lambda d: f"{d.minute:02d}",
    "s": lambda d: f"{d.second:02d}",
    "S": lambda d: f"{d.second:02d}",
    "f": lambda d: f"{d.microsecond:06d}",
    "p": lambda d: "AM" if d.hour < 12 else "PM",
    "T": lambda d: d.strftime("%H:%M:%S"),
    "r": lambda d: f"{(d.hour + 11) % 12 + 1:02d}:{d.minute:02d}:{d.second:02d} {'AM' if d.hour < 12 else 'PM'}",
    "j": lambda d: f"{d.timetuple().tm_yday:03d}",
    "M": lambda d: calendar.month_name[d.month],
    "b": lambda d: calendar.month_abbr[d.month],
    "W": lambda d: _DAYS[d.weekday()],
    "a": lambda d: _DAYS[d.weekday()][:3],
    "w": lambda d: str((d.weekday() + 1) % 7),
    "v": lambda d: f"{d.isocalendar().week:02d}",
    "x": lambda d: f"{d.isocalendar().year:04d}",
    "u": lambda d: f"{d.isocalendar().week:02d}",
}  # fmt: skip


def date_format(zone: ZoneInfo, value: Any, form: str) -> str:
    """DATE_FORMAT with MySQL's codes; a code that means nothing gives its own letter."""
    moment = local(value, zone)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return re.sub(r"%(.)", lambda m: _CODES[m[1]](moment) if m[1] in _CODES else m[1], form, flags=re.DOTALL)


_PARSE = {
    "Y": r"(?P<Y>[0-9]{4})", "m": r"(?P<m>[0-9]{1,2})", "c": r"(?P<m>[0-9]{1,2})", "d": r"(?P<d>[0-9]{1,2})",
    "e": r"(?P<d>[0-9]{1,2})", "H": r"(?P<H>[0-9]{1,2})", "k": r"(?P<H>[0-9]{1,2})", "i": r"(?P<i>[0-9]{1,2})",
    "s": r"(?P<s>[0-9]{1,2})", "S": r"(?P<s>[0-9]{1,2})", "T": r"(?P<H>[0-9]{1,2}):(?P<i>[0-9]{1,2}):(?P<s>[0-9]{1,2})",
}  # fmt: skip


@lru_cache(maxsize=256)
def _pattern(form: str) -> re.Pattern[str] | None:
    parts = re.split(r"%(.)", form, flags=re.DOTALL)
    try:
        return re.compile("".join(_PARSE.get(p, re.escape(p)) if i % 2 else re.escape(p) for i, p in enumerate(parts)))
    except re.error:
        return None


def str_to_date(zone: ZoneInfo, text: str, form: str) -> datetime | None:
    """STR_TO_DATE: a text that does not fit gives null, as in MySQL."""
    pattern = _pattern(form)
    found = pattern.fullmatch(text.strip(" \t\n\r\f\v")) if pattern else None
    if not found:
        return None
    parts = {k: int(v) for k, v in found.groupdict().items()}
    try:
        moment = datetime(
            parts["Y"], parts["m"], parts["d"], parts.get("H", 0), parts.get("i", 0), parts.get("s", 0), tzinfo=zone
        )
        return moment.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None


PLAIN: dict[str, Callable[..., Any]] = {
    "+": plus,
    "-": minus,
    "*": times,
    "/": divide,
    "%": remainder,
    "LIKE": ops.like,
    "STARTS_WITH": ops.starts_with,
    "ENDS_WITH": ops.ends_with,
    "CONTAINS": lambda text, item: item in text,
    "LOWER": lambda text: "".join(map(str.lower, text)),  # letter by letter, as every engine can
    "UPPER": str.upper,
    "SUBSTR": substring,
    "REPLACE": lambda text, old, new: text.replace(old, new) if old else text,
    "LEFT": lambda text, n: text[: max(n, 0)],
    "RIGHT": lambda text, n: text[-n:] if n > 0 else "",
    "CHAR_LENGTH": len,
    "LENGTH": lambda text: len(text.encode("utf-8", errors="surrogatepass")),
    "ASCII": lambda text: ord(text[0]) if text else 0,
    "ROUND": round_half_up,
    "TRUNCATE": truncate,
}
ZONED: dict[str, Callable[..., Any]] = {
    "DATE": date_of,
    "YEAR": _part("year"),
    "QUARTER": quarter,
    "MONTH": _part("month"),
    "DAY": _part("day"),
    "HOUR": _part("hour"),
    "MINUTE": _part("minute"),
    "TO_DAYS": days_since_zero,
    "DATE_ADD": date_add,
    "DATE_SUB": date_sub,
    "DATE_FORMAT": date_format,
    "STR_TO_DATE": str_to_date,
}


def text_of(zone: ZoneInfo, value: Any) -> str:
    """A value joined to a text, where its type has no label of its own; null is ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, datetime):
        return local(value, zone).replace(tzinfo=None, microsecond=0).isoformat(" ")
    return str(value)


class DecimalSum:
    """SUM over Decimals as SQLite aggregate: exact, null over nothing."""

    def __init__(self, decode: Callable[[str], Decimal]):
        self.decode, self.total, self.count = decode, Decimal(0), 0

    def step(self, stored: str | None) -> None:
        if stored is not None:
            self.total = plus(self.total, self.decode(stored))
            self.count += 1

    def finalize(self) -> str | None:
        return encode_decimal(self.total) if self.count else None


class DecimalMean(DecimalSum):
    """AVG: the exact sum divided once, 20 significant digits."""

    def finalize(self) -> str | None:
        return encode_decimal(ROUGH.divide(self.total, Decimal(self.count))) if self.count else None


class Joined:
    """GROUP_CONCAT: texts in the order of the keys of their rows, null first."""

    def __init__(self) -> None:
        self.found: list[tuple[Any, str]] = []

    def step(self, text: str | None, *keys: Any) -> None:
        if text is not None:
            self.found.append((tuple((key is not None, 0 if key is None else key) for key in keys), text))

    def finalize(self) -> str | None:
        self.found.sort(key=lambda pair: pair[0])
        return ",".join(text for _, text in self.found) if self.found else None


def whole(high: int, low: int) -> int:
    """A sum of Longs from the sums of their upper and lower halves, so that none in between can overflow."""
    return _long((high << 32) + low)

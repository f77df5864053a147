"""Plausible values of the vocabulary's kinds: drawing them, pushing them to a boundary, writing them.

Python values here are those of the run: Decimal, int, str, date, aware datetime, bool, None, list, dict.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from random import Random
from typing import Any

from naslforge.synth.vocabulary import Domain, Field

ZONE = timezone(timedelta(hours=8))  # Asia/Shanghai, the sandbox's zone
QUOTIENT = Context(prec=20, rounding=ROUND_HALF_UP)  # what "/" keeps
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜戚谢邹苏潘葛范彭鲁韦马方任袁柳"
GIVEN = ("伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "秀兰", "霞",
         "平", "刚", "桂英", "文博", "子涵", "雨桐", "浩然", "思远", "佳怡", "梓萱", "志强", "晓东")  # fmt: skip
CITIES = ("北京", "上海", "广州", "深圳", "杭州", "南京", "成都", "武汉", "西安", "苏州", "长沙", "青岛", "厦门",
          "重庆", "天津", "合肥", "郑州", "大连")  # fmt: skip
STEPS: dict[str, Any] = {
    "money": Decimal("0.01"),
    "measure": Decimal("0.1"),
    "ratio": Decimal("0.01"),
    "count": 1,
    "key": 1,
}


def total(values: list[Any]) -> Any:
    """The sum of at least one number, of their own type."""
    return sum(values[1:], values[0])


FOLDS: dict[str, Callable[[list[Any]], Any]] = {"SUM": total, "MAX": max, "MIN": min, "COUNT": len}


def person(rng: Random) -> str:
    """A Chinese personal name."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def day(rng: Random, low: date = date(2023, 1, 1), span: int = 1000) -> date:
    """A calendar day in the years that the examples live in."""
    return low + timedelta(days=rng.randrange(span))


def moment(rng: Random) -> datetime:
    """An instant on a working day's minute, in the sandbox's zone."""
    clock = time(rng.randrange(7, 21), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day(rng), clock, tzinfo=ZONE)


def bounds(field: Field) -> tuple[Decimal, Decimal]:
    """The low and high bound of a number field."""
    if field.kind == "ratio":
        return Decimal(0), Decimal(1)
    if field.kind == "key":
        return Decimal(1), Decimal(9)
    return Decimal(field.limits[0]), Decimal(field.limits[1])


def draw(field: Field, rng: Random, domain: Domain) -> Any:
    """A random value of a field."""
    match field.kind:
        case "money" | "measure" | "ratio":
            low, high = bounds(field)
            step = STEPS[field.kind]
            return low + step * rng.randint(0, int((high - low) / step))
        case "count" | "key":
            low, high = bounds(field)
            return rng.randint(int(low), int(high))
        case "person":
            return person(rng)
        case "city":
            return rng.choice(CITIES)
        case "word":
            return rng.choice(field.words)
        case "code":
            return f"{field.limits[0]}{rng.randrange(1000, 9999)}"
        case "date":
            return day(rng)
        case "datetime":
            return moment(rng)
        case "flag":
            return rng.random() < 0.5
        case "enum":
            return rng.choice(domain.enum(field.limits[0]).values)
    raise ValueError(f"no values for kind {field.kind}")


def round_draw(field: Field, rng: Random) -> Any:
    """A number that a person would name as a limit: two leading digits at most, inside the field's bounds."""
    low, high = bounds(field)
    if field.kind in ("ratio", "measure"):
        step = STEPS[field.kind] * (5 if field.kind == "ratio" else 1)
        return low + step * rng.randint(1, max(1, int((high - low) / step) - 1))
    span = int(high - low)
    step = 10 ** max(0, len(str(span)) - 2)
    value = int(low) // step * step + step * rng.randint(1, max(1, span // step - 1))
    return Decimal(value) if field.kind == "money" else value


def quotient(left: Any, right: Any) -> Decimal:
    """The `/` of NASL: 20 significant digits, half up."""
    return QUOTIENT.divide(Decimal(left), Decimal(right))


def half_up(value: Decimal, digits: int) -> Decimal:
    """Rounded to `digits` after the point, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """The canonical text of a Decimal: no exponent, no trailing zeros.

    >>> plain(Decimal("12.50"))
    '12.5'
    """
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def wire(value: Any) -> Any:
    """A value as it stands in a task's JSON."""
    match value:
        case Decimal():
            return plain(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list() | tuple():
            return [wire(item) for item in value]
        case dict():
            return {wire(key): wire(item) for key, item in value.items()}
    return value


def literal(value: Any) -> str:
    """A value as NASL source; an enum member needs `member` instead."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime():
            return f"nasl.util.FromString<DateTime>('{value.isoformat()}')"
        case date():
            return f"nasl.util.FromString<Date>('{value.isoformat()}')"
        case str():
            escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            return f"'{escaped}'"
    return str(value)


def member(field: Field, value: str) -> str:
    """An enum member as NASL source."""
    return f"app.enums.{field.limits[0]}.{value}"


def coded(field: Field, value: Any) -> str:
    """A value of a field as NASL source."""
    return member(field, value) if field.kind == "enum" and value is not None else literal(value)


def spoken(field: Field, value: Any, domain: Domain) -> str:
    """A value of a field as an instruction names it: texts and status labels quoted, numbers as digits."""
    if field.kind == "enum":
        return f"“{domain.enum(field.limits[0]).text(value)}”"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(wire(value))

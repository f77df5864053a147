"""Functions over dates, times of day and instants. Day and month arithmetic keeps the local clock time."""

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import wraps
from typing import Any

from naslforge.run.values import NaslError, Time, illegal
from naslforge.run.world import Runtime

Day = date | datetime
DAY_TOKENS = re.compile("yyyy|YYYY|MM|dd|DD|QQ")
INSTANT_TOKENS = re.compile("yyyy|YYYY|MM|dd|DD|QQ|HH|mm|ss|ms")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}
SECONDS = {"second": 1, "minute": 60, "hour": 3600}


def zone_of(name: str | None, rt: Runtime) -> tzinfo:
    """The zone an argument names. Raises a fault for a name that is none."""
    zone = rt.zone_of(name)
    if zone is None:
        raise illegal(f"unknown time zone {name!r}", f"未知的时区 {name!r}")
    return zone


def in_range(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a date before year 1 or after 9999 a fault of the program."""

    @wraps(function)
    def guarded(*args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        except (OverflowError, ValueError) as error:
            raise NaslError("SystemIllegalArgumentError", "a date out of range", "日期超出范围") from error

    return guarded


# --- texts to dates

_WHEN = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})"
    r"(?:(?:[T ]|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?)?)?"
    r"\s*(Z|z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def parse_instant(text: str, zone: tzinfo) -> datetime:
    """An instant from ISO text, `-` or `/` separated text or epoch milliseconds; local without offset.

    Raises ValueError for other text.
    """
    text = text.strip()
    if re.fullmatch(r"-?\d{5,16}", text, re.ASCII):
        return from_epoch(int(text))
    found = _WHEN.fullmatch(text)
    if not found:
        raise ValueError(f"no date: {text!r}")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    if hour == "24" and not int(minute) and not int(second or 0):
        hour, day_more = "0", timedelta(days=1)
    else:
        day_more = timedelta()
    moment = datetime(
        int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), micros
    )
    own = zone if offset is None else _offset(offset)
    return _in_every_zone((moment + day_more).replace(tzinfo=own).astimezone(UTC))


def _in_every_zone(value: datetime) -> datetime:
    """The instant, if no zone's calendar ends before it. Raises OverflowError else."""
    if not 1 < value.year < 9999:
        raise OverflowError(f"year {value.year}")
    return value


def _offset(text: str) -> tzinfo:
    if text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def from_epoch(milliseconds: int) -> datetime:
    return _in_every_zone(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds))


def to_epoch(value: datetime) -> int:
    return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def iso_text(value: datetime, zone: tzinfo) -> str:
    """`2024-03-07T09:02:03.000+08:00` in the zone."""
    local = value.astimezone(zone)
    return local.isoformat(timespec="milliseconds")


# --- now


def curr_date(tz: str | None = None, *, rt: Runtime) -> date:
    return rt.now.astimezone(zone_of(tz, rt)).date()


def curr_time(tz: str | None = None, *, rt: Runtime) -> Time:
    return Time(rt.now.astimezone(zone_of(tz, rt)).time().replace(microsecond=0))


def curr_date_time(tz: str | None = None, *, rt: Runtime) -> datetime:
    return rt.now


# --- dates to texts


def _filled(pattern: str, tokens: re.Pattern[str], when: datetime) -> str:
    values = {
        "yyyy": f"{when.year:04d}",
        "YYYY": f"{when.year:04d}",
        "MM": f"{when.month:02d}",
        "dd": f"{when.day:02d}",
        "DD": f"{when.day:02d}",
        "QQ": f"Q{(when.month + 2) // 3}",
        "HH": f"{when.hour:02d}",
        "mm": f"{when.minute:02d}",
        "ss": f"{when.second:02d}",
        "ms": f"{when.microsecond // 1000:03d}",
    }
    return tokens.sub(lambda found: values[found.group()], pattern)


def local(value: Any, zone: tzinfo) -> datetime:
    """The local clock of a Date, DateTime or text, without zone."""
    if isinstance(value, str):
        value = parse_instant(value, zone)
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None, fold=0)  # an hour that comes twice is its first
    return datetime(value.year, value.month, value.day)


def instant(value: Any, zone: tzinfo) -> datetime:
    """A DateTime itself, a Date as its first moment in the zone."""
    if isinstance(value, datetime):
        return value
    return local(value, zone).replace(tzinfo=zone).astimezone(UTC)


@in_range
def format_date(value: Any, pattern: str | None, *, rt: Runtime) -> str:
    return _formatted(value, pattern, DAY_TOKENS, rt.zone, rt)


@in_range
def format_date_time(value: Any, pattern: str | None, tz: str | None = None, *, rt: Runtime) -> str:
    return _formatted(value, pattern, INSTANT_TOKENS, zone_of(tz, rt), rt)


def _formatted(value: Any, pattern: str | None, tokens: re.Pattern[str], zone: tzinfo, rt: Runtime) -> str:
    if value is None or value == "":
        return "-"
    when = local(value, zone)
    if not pattern:
        return _filled("YYYY-MM-DD HH:mm:ss", INSTANT_TOKENS, when)
    rt.spend(1 + len(pattern) // 20)
    return _filled(pattern, tokens, when)


@in_range
def format_time(value: Any, pattern: str | None, *, rt: Runtime) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, str):
        when = Time.parse(value) if ":" in value[:3] else Time(local(value, rt.zone).time())
    else:
        when = value if isinstance(value, Time) else Time(local(value, rt.zone).time())
    if not when.seconds:
        return str(when)
    rt.spend(1 + len(pattern or "") // 20)
    text = pattern or "HH:mm:ss"
    clock = when.value
    for token, number in (("H", clock.hour), ("m", clock.minute), ("s", clock.second)):
        text = text.replace(token * 2, f"{number:02d}", 1).replace(token, str(number), 1)
    return text


# --- arithmetic


def _moved_months(value: datetime, months: int) -> datetime:
    total = value.year * 12 + value.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return value.replace(year=year, month=month + 1, day=min(value.day, calendar.monthrange(year, month + 1)[1]))


@in_range
def moved(value: Day, amount: int, unit: str, zone: tzinfo) -> Day:
    """The Date or DateTime moved by so many units; a Date stays a Date."""
    if unit in SECONDS:
        step = timedelta(seconds=SECONDS[unit] * amount)
        return _in_every_zone(value + step) if isinstance(value, datetime) else (local(value, zone) + step).date()
    if unit not in MONTHS and unit not in DAYS:
        raise ValueError(f"unknown unit {unit!r}")
    clock = local(value, zone)
    clock = _moved_months(clock, MONTHS[unit] * amount) if unit in MONTHS else clock + timedelta(DAYS[unit] * amount)
    if not isinstance(value, datetime):
        return clock.date()
    return _in_every_zone(clock.replace(tzinfo=zone).astimezone(UTC))


def add_days(value: Day | None, amount: int | None = None, *, rt: Runtime) -> Day | None:
    return None if value is None else moved(value, 1 if amount is None else amount, "day", rt.zone)


def sub_days(value: Day | None, amount: int | None = None, *, rt: Runtime) -> Day | None:
    return None if value is None else moved(value, -1 if amount is None else -amount, "day", rt.zone)


def add_months(value: Day | None, amount: int | None = None, *, rt: Runtime) -> Day | None:
    return None if value is None else moved(value, 1 if amount is None else amount, "month", rt.zone)


def alter_date_time(value: Day | None, option: str | None, count: int | None, unit: str | None, *, rt: Runtime) -> Day:
    if value is None or unit is None:
        raise illegal("AlterDateTime of null", "AlterDateTime 的参数为 null")
    if unit not in SECONDS and unit not in MONTHS and unit not in DAYS:
        raise illegal(f"unknown unit {unit!r}", f"未知的时间单位 {unit!r}")
    return moved(value, (count or 0) * (1 if option == "Increase" else -1), unit, rt.zone)


@in_range
def convert_timezone(value: datetime | None, tz: str | None, *, rt: Runtime) -> datetime:
    if value is None or tz is None:
        raise illegal("ConvertTimezone of null", "ConvertTimezone 的参数为 null")
    return value.astimezone(zone_of(tz, rt))


# --- differences


@in_range
def date_diff(first: Any, second: Any, unit: str | None, absolute: bool | None = None, *, rt: Runtime) -> int | None:
    if first is None or second is None:
        raise illegal("DateDiff of null", "DateDiff 的参数为 null")
    if isinstance(first, Time):
        seconds = (_seconds(second) - _seconds(first)) if unit in ("h", "m", "s") else None
    elif unit in ("h", "m", "s"):
        seconds = (instant(second, rt.zone) - instant(first, rt.zone)) / timedelta(seconds=1)
    else:
        whole = _calendar_units(local(second, rt.zone), local(first, rt.zone), unit)
        return whole if whole is None or absolute is False else abs(whole)
    if seconds is None:
        return None
    whole = int(seconds / {"h": 3600, "m": 60, "s": 1}[unit or "s"])
    return whole if absolute is False else abs(whole)


def _seconds(value: Time) -> float:
    clock = value.value
    return clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1_000_000


def _calendar_units(left: datetime, right: datetime, unit: str | None) -> int | None:
    """Whole units from `right` to `left`, cut towards zero."""
    if unit in ("d", "w"):
        return _cut(
            (left - right) // timedelta(days=1) if left >= right else -((right - left) // timedelta(1)),
            7 if unit == "w" else 1,
        )
    if unit in ("M", "q"):
        return _cut(_whole_months(left, right), 3 if unit == "q" else 1)
    return _whole_years(left, right) if unit == "y" else None


def _cut(value: int, size: int) -> int:
    return abs(value) // size * (1 if value >= 0 else -1)


def _whole_months(left: datetime, right: datetime) -> int:
    """Months as the runtime counts them: the end of February completes any month."""
    sign = (left > right) - (left < right)
    months = abs((left.year - right.year) * 12 + left.month - right.month)
    if months < 1:
        return 0
    back = left
    if left.month == 2 and left.day > 27:
        back = left.replace(day=1) + timedelta(days=29)
    start = back.replace(day=1)
    total = start.year * 12 + start.month - 1 - sign * months
    back = start.replace(year=total // 12, month=total % 12 + 1) + timedelta(days=back.day - 1)
    short = (back > right) - (back < right) == -sign
    last = left.day == calendar.monthrange(left.year, left.month)[1]
    if last and months == 1 and left > right:
        short = False
    return sign * (months - short)


def _whole_years(left: datetime, right: datetime) -> int:
    sign = (left > right) - (left < right)
    a, b = left.replace(year=1584), right.replace(year=1584)
    short = (a > b) - (a < b) == -sign
    return sign * (abs(left.year - right.year) - short)


# --- places in the calendar


def get_date_count(value: Any, metric: str | None, tz: str | None = None, *, rt: Runtime) -> int | None:
    return _count(value, metric, zone_of(tz, rt), 0)


def get_date_count_old(value: Any, metric: str | None, *, rt: Runtime) -> int | None:
    return _count(value, metric, rt.zone, 1)


@in_range
def _count(value: Any, metric: str | None, zone: tzinfo, sunday: int) -> int | None:
    if value is None:
        raise illegal("GetDateCount of null", "GetDateCount 的参数为 null")
    day = local(value, zone).date()
    quarter = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    count = {
        "day-week": lambda: day.isoweekday(),
        "day-month": lambda: day.day,
        "day-quarter": lambda: (day - quarter).days + 1,
        "day-year": lambda: day.timetuple().tm_yday,
        "week-month": lambda: _weeks(day.replace(day=1), day, sunday),
        "week-quarter": lambda: _weeks(quarter, day, 0),
        "week-year": lambda: _week_of_year(day),
        "month-quarter": lambda: (day.month - 1) % 3 + 1,
        "month-year": lambda: day.month,
        "quarter-year": lambda: (day.month + 2) // 3,
    }.get(metric or "")
    return count() if count else None


def _weeks(first: date, day: date, sunday: int) -> int:
    """The week of `day` when the week of `first` is 1; weeks start on Monday, or Sunday."""
    return ((day - first).days + (first.weekday() + sunday) % 7) // 7 + 1


def _week_of_year(day: date) -> int:
    if day.month == 12 and day.day - day.weekday() + 6 > 31:
        return 1  # the week holds the next 1 January
    return _weeks(date(day.year, 1, 1), day, 0)


@in_range
def get_specific_days_of_week(
    start: Day | None, end: Day | None, days: list[int] | None, tz: str | None = None, *, rt: Runtime
) -> list[Any]:
    if start is None or end is None or days is None:
        raise illegal("GetSpecificDaysOfWeek of null", "GetSpecificDaysOfWeek 的参数为 null")
    zone = zone_of(tz, rt)
    first, last = local(start, zone), local(end, zone)
    found: list[Any] = []
    day = first.date()
    while day <= last.date():
        rt.spend(1)
        if day.isoweekday() in days:
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
            found.append(midnight if isinstance(start, datetime) else day)
        day += timedelta(days=1)
    return found


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.CurrDate": curr_date,
    "nasl.util.CurrTime": curr_time,
    "nasl.util.CurrDateTime": curr_date_time,
    "nasl.util.FormatDate": format_date,
    "nasl.util.FormatTime": format_time,
    "nasl.util.FormatDateTime": format_date_time,
    "nasl.util.AddDays": add_days,
    "nasl.util.SubDays": sub_days,
    "nasl.util.AddMonths": add_months,
    "nasl.util.DateDiff": date_diff,
    "nasl.util.ConvertTimezone": convert_timezone,
    "nasl.util.AlterDateTime": alter_date_time,
    "nasl.util.GetDateCount": get_date_count,
    "nasl.util.GetDateCountOld": get_date_count_old,
    "nasl.util.GetSpecificDaysOfWeek": get_specific_days_of_week,
}

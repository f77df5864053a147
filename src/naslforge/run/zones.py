"""Tables that a database server gets from us, so that it knows what Python knows: a time zone's changes of offset, and
the upper and lower case of letters. Its own data would be of another edition."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from naslforge.run.columns import EPOCH, encode_instant

MICROSECOND = timedelta(microseconds=1)
LOWEST = -(2**62)
FIRST, DENSE, LAST = (datetime(year, 1, 1, tzinfo=UTC) for year in (1800, 2100, 9999))
DAY, MONTH = timedelta(days=1), timedelta(days=25)  # no zone changes its mind faster, before and after DENSE
Change = tuple[int, int, int, int]


@lru_cache(maxsize=8)
def changes(zone: ZoneInfo) -> tuple[Change, ...]:
    """From when on which offset holds: instant, wall clock in its first and second reading, offset; microseconds."""
    before = _offset(zone, FIRST)
    found: list[Change] = [(LOWEST, LOWEST, LOWEST, before)]
    moment = FIRST
    for step in _steps(zone):
        offset = _offset(zone, moment + step)
        if offset != before:
            at = encode_instant(_change(zone, moment, moment + step))
            found.append((at, at + max(before, offset), at + min(before, offset), offset))
            before = offset
        moment += step
    return tuple(found)


def _steps(zone: ZoneInfo) -> Iterator[timedelta]:
    yield from [DAY] * ((DENSE - FIRST) // DAY)
    year = [_offset(zone, DENSE + i * MONTH) for i in range(16)]
    if len(set(year)) > 1:  # a rule for summer time that goes on for ever
        yield from [MONTH] * ((LAST - DENSE) // MONTH)


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    return (moment.astimezone(zone).utcoffset() or timedelta()) // MICROSECOND


def _change(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The first second with the later offset."""
    low, high = ((moment - EPOCH) // timedelta(seconds=1) for moment in (early, late))
    after = _offset(zone, late)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, EPOCH + timedelta(seconds=middle)) == after:
            high = middle
        else:
            low = middle
    return EPOCH + timedelta(seconds=high)


@lru_cache(maxsize=1)
def cases() -> tuple[tuple[str, str, str], ...]:
    """Every letter that has another lower or upper case: the letter, lower, upper."""
    letters = (chr(code) for code in range(0x41, 0x1F000) if not 0xD800 <= code < 0xE000)
    return tuple((c, c.lower(), c.upper()) for c in letters if c.lower() != c or c.upper() != c)

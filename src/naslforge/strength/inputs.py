"""Inputs like those of a task's tests: each is a test with a few values changed, so types and shapes stay.

Values come from three places: small steps away from a value, values at the same position of other tests, and the usual
edges (0, empty text, empty list, null). A member of an enumeration becomes another of its members; dates, times and
numbers written as text move as such. Rows of the database change in the same way; where a reference is known, every
second input has a database of its own instead (databases.py).
"""

import copy
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from naslforge.lang import Source, parse
from naslforge.lang import nodes as n
from naslforge.records import Task
from naslforge.strength.databases import Databases

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2}[T ])?(\d{2}:\d{2}:\d{2})")
_NUMBER = re.compile(r"-?\d{1,15}\.\d{1,9}")
_MOST_CHANGES = 4
_OTHER_ARGUMENT = 0.3


def generated_inputs(task: Task, rng: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """`count` inputs as {args, world}, made from the task's own tests."""
    bases = [
        _Base(test.args, test.world or {}, (test.world or {}).get("db") or task.world.get("db") or {})
        for test in task.tests
        if test.args is not None
    ]
    if not bases:
        return
    pools, change = _Pools(bases), _Change(rng, _enums(task.context))
    databases = Databases(task) if task.meta.get("reference") else None
    for number in range(count):
        base = copy.deepcopy(rng.choice(bases))
        if databases is not None and databases.about and number % 2:
            if base.args and rng.random() < _OTHER_ARGUMENT:
                at = rng.randrange(len(base.args))
                base.args[at] = change.value(base.args[at], pools.at(at))
            rows = databases.one(base.args, base.world, rng)
            yield {"args": base.args, "world": {**base.world, "db": {**(base.world.get("db") or {}), **rows}}}
            continue
        for _ in range(rng.randint(1, _MOST_CHANGES)):
            if base.db and (not base.args or rng.random() < 0.6):
                change.rows(base.db)
            elif base.args:
                at = rng.randrange(len(base.args))
                base.args[at] = change.value(base.args[at], pools.at(at))
        yield {"args": base.args, "world": {**base.world, **({"db": base.db} if base.db else {})}}


@dataclass(slots=True)
class _Base:
    """A test to start from."""

    args: list[Any]
    world: dict[str, Any]
    db: dict[str, list[dict[str, Any]]]


class _Pools:
    """The values of all tests by position of the argument, those inside lists and structures among them."""

    def __init__(self, bases: list[_Base]):
        self._found: dict[int, list[Any]] = {}
        for base in bases:
            for at, value in enumerate(base.args):
                self._found.setdefault(at, []).extend(_parts(value))

    def at(self, position: int) -> list[Any]:
        return self._found.get(position, [])


def _parts(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, list):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _parts(item)


def _enums(context: str) -> dict[str, list[str]]:
    """By value of an enumeration's member, the values of its other members."""
    others: dict[str, list[str]] = {}
    for unit in parse([Source("context.ts", context, context=True)]).units if context else ():
        for enum in (node for node in unit.walk() if isinstance(node, n.Enum)):
            values = [
                m.value.value for m in enum.members if isinstance(m, n.EnumMember) and isinstance(m.value, n.Text)
            ]
            for value in values:
                others.setdefault(value, []).extend(other for other in values if other != value)
    return others


class _Change:
    """Changes of values; `enums` gives the other members of an enumeration by the value of one."""

    def __init__(self, rng: random.Random, enums: dict[str, list[str]]):
        self.rng, self.enums = rng, enums

    def value(self, value: Any, pool: list[Any]) -> Any:
        """A value of the same kind, somewhere changed."""
        rng = self.rng
        same = [other for other in pool if type(other) is type(value)]
        if same and rng.random() < 0.3:
            return copy.deepcopy(rng.choice(same))
        match value:
            case bool():
                return not value
            case int():
                return rng.choice([value + 1, value - 1, 0, 1, -value, value * 2, value + 10, value // 2])
            case float():
                return rng.choice([value + 1, value - 0.5, 0.0, -value, value * 2, round(value, 1), value + 0.01])
            case str():
                return self.text(value)
            case list():
                return self.items(value, pool)
            case dict() if value:
                key = rng.choice(list(value))
                return {**value, key: self.value(value[key], pool)}
        return value

    def text(self, text: str) -> str:
        if others := self.enums.get(text):
            return self.rng.choice(others)
        if (clock := _CLOCK.match(text)) and (clock[1] is None or self.rng.random() < 0.5):
            return self._moved_clock(text, clock)
        if _DAY.match(text):
            return self._moved_day(text)
        if _NUMBER.fullmatch(text):
            number = Decimal(text)
            last = Decimal(1).scaleb(int(number.as_tuple().exponent))
            return format(
                self.rng.choice([number + last, number - last, number + 1, -number, number * 2, 0 * last]), "f"
            )
        return self._changed_characters(text)

    def _moved_day(self, text: str) -> str:
        try:
            day = date.fromisoformat(text[:10]) + timedelta(days=self.rng.choice([-365, -31, -1, 1, 1, 28, 365]))
        except (ValueError, OverflowError):
            return text
        return day.isoformat() + text[10:]

    def _moved_clock(self, text: str, clock: re.Match[str]) -> str:
        """Another time of the day, a second to some hours away; the day may turn where there is one."""
        day = clock[1] or "2000-01-01T"
        seconds = self.rng.choice([-1, 1, 60, -60, 900, 3600, -3600, 43_200])
        try:
            moved = datetime.fromisoformat(f"{day[:10]}T{clock[2]}") + timedelta(seconds=seconds)
        except (ValueError, OverflowError):
            return text
        ahead = f"{moved.date().isoformat()}{day[10]}" if clock[1] else ""
        return f"{ahead}{moved.time().isoformat()}{text[clock.end() :]}"

    def _changed_characters(self, text: str) -> str:
        at = self.rng.randrange(len(text) + 1)
        one = text[at : at + 1]
        return self.rng.choice([
            "", text[:at] + text[at + 1 :], text[:at] + one + text[at:], text[:at] + " " + text[at:], text.swapcase(),
            text[:at] + self.rng.choice("aZ9-,中") + text[at:], text[at:] + text[:at], text + text,
        ])  # fmt: skip

    def items(self, items: list[Any], pool: list[Any]) -> list[Any]:
        rng = self.rng
        like = [other for other in pool if items and type(other) is type(items[0])] or items
        if not items:
            return [copy.deepcopy(rng.choice(pool))] if pool and rng.random() < 0.5 else items
        at = rng.randrange(len(items))
        what = rng.randrange(6)
        if what == 0:
            return items[:at] + items[at + 1 :]
        if what == 1:
            return [*items[: at + 1], copy.deepcopy(items[at]), *items[at + 1 :]]
        if what == 2:
            other = rng.randrange(len(items))
            swapped = list(items)
            swapped[at], swapped[other] = swapped[other], swapped[at]
            return swapped
        if what == 3:
            return [*items[:at], copy.deepcopy(rng.choice(like)), *items[at:]]
        if what == 4 and rng.random() < 0.2:
            return []
        return [*items[:at], self.value(items[at], pool), *items[at + 1 :]]

    def rows(self, db: dict[str, list[dict[str, Any]]]) -> None:
        """Change a cell to a neighbour's or a near value, or take a row away; keys stay as they are."""
        rng = self.rng
        entity = rng.choice(list(db))
        rows = db[entity]
        if not rows:
            return
        row = rng.choice(rows)
        names = [name for name in row if name != "id"]
        if not names or rng.random() < 0.15:
            rows.remove(row)
            return
        name = rng.choice(names)
        column = [other.get(name) for other in rows]
        value = row[name]
        if rng.random() < 0.5:
            row[name] = rng.choice(column)
        elif isinstance(value, int | float) and not name.endswith("Id"):
            row[name] = self.value(value, [])
        elif isinstance(value, str) and (_DAY.match(value) or value in self.enums or rng.random() < 0.3):
            row[name] = self.text(value)
        elif rng.random() < 0.1:
            row[name] = None

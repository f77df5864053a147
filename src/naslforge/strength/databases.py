"""Small databases for a task: valid rows whose values lie at and beside what its reference compares them with.

Cells come from the task's own rows, from the constants and arguments of the query and their neighbours, from rows
above (ties, duplicates), and now and then are null or refer to no row. Keys, unique indexes, required properties and
lengths are kept.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from naslforge.lang import Checked, Source, check
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import TableRef
from naslforge.records import Task
from naslforge.run import Column, EntityTable, read_schema

MOST_ROWS = 7
_SIZES = (0, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6, MOST_ROWS)
_NULL, _DANGLING, _TIE, _TWIN, _NEAR = 0.12, 0.06, 0.3, 0.1, 0.5
_DANGLING_STEP = 90  # beyond the last key
_NOW = "2026-01-01T09:00:00+08:00"


class Databases:
    """The databases of one task. `about` is false where its reference asks no table."""

    def __init__(self, task: Task):
        reference = Source("reference.ts", task.meta["reference"])
        given = (Source("context.ts", task.context, context=True),) if task.context else ()
        self.checked = check([*given, reference])
        unit = next(unit for unit in self.checked.units if unit.source is reference)
        tables = read_schema(self.checked).tables
        asked = {ref.entity for node in unit.walk() if isinstance(ref := self.checked.refs.get(node), TableRef)}
        self.tables = [table for name, table in tables.items() if name in asked]
        self.links = _links(tables)
        self.near = _Nearby(self.checked, unit, task)
        self.given = task.world.get("db") or {}
        self.words = {part.name for part in unit.walk() if isinstance(part, n.Ident)}

    @property
    def about(self) -> bool:
        return bool(self.tables)

    def one(self, args: list[Any], world: dict[str, Any], rng: random.Random) -> dict[str, list[dict[str, Any]]]:
        """Rows by entity; `args` and `world` are those of the test they are for."""
        near = self.near.beside(args, world)
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in sorted(self.tables, key=self._depth):
            known = {**self.given, **(world.get("db") or {}), **rows}
            rows[table.short] = self._rows(table, known, near, rng)
        return rows

    def _depth(self, table: EntityTable, around: tuple[str, ...] = ()) -> int:
        """Tables that others refer to come first."""
        targets = [to for (owner, _), (to, _) in self.links.items() if owner == table.name and to.name not in around]
        return max((1 + self._depth(to, (*around, table.name)) for to in targets if to is not table), default=0)

    def _rows(
        self, table: EntityTable, known: dict[str, Any], near: "_Nearby", rng: random.Random
    ) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for number in range(1, rng.choice(_SIZES) + 1):
            twin = rng.choice(made) if made and rng.random() < _TWIN else None
            row = {c.name: self._cell(table, c, number, made, known, near, rng, twin) for c in self._columns(table)}
            if not _collides(table, row, made):
                made.append(row)
        return made

    def _columns(self, table: EntityTable) -> Iterator[Column]:
        """All but what the platform fills; its times only where the reference asks for them."""
        return (c for c in table.columns if not c.system or c.name in self.words)

    def _cell(
        self, table: EntityTable, column: Column, number: int, made: list[dict[str, Any]], known: dict[str, Any],
        near: "_Nearby", rng: random.Random, twin: dict[str, Any] | None,
    ) -> Any:  # fmt: skip
        if column.key and len(table.key) == 1:
            return number if column.type == t.LONG else f"k{number}"
        if twin is not None:
            return twin[column.name]
        if not (column.required or column.key) and rng.random() < _NULL:
            return None
        if made and rng.random() < _TIE:
            return rng.choice(made)[column.name]
        target = self.links.get((table.name, column.name))
        if target is not None:
            return self._reference(target, known, rng)
        column_values = [row[column.name] for row in known.get(table.short) or () if row.get(column.name) is not None]
        value = near.value(column.type, column_values, rng)
        if value is None:
            value = _plain(column, number, self.checked, rng)
        return value[: column.longest] if isinstance(value, str) and column.longest else value

    def _reference(self, target: tuple[EntityTable, str], known: dict[str, Any], rng: random.Random) -> Any:
        table, name = target
        keys = [row.get(name, i) for i, row in enumerate(known.get(table.short) or (), 1)]
        if keys and rng.random() >= _DANGLING:
            return rng.choice(keys)
        return len(keys) + _DANGLING_STEP if table.by_name[name].type == t.LONG else "nobody"


def _links(tables: dict[str, EntityTable]) -> dict[tuple[str, str], tuple[EntityTable, str]]:
    """By table and column, the table and property that it refers to."""
    return {(r.table, r.column): (table, r.target) for table in tables.values() for r in table.referrers}


def _collides(table: EntityTable, row: dict[str, Any], made: list[dict[str, Any]]) -> bool:
    """Would the row break the key or a unique index? Null never collides in an index."""
    for names in (tuple(c.name for c in table.key), *table.unique):
        mine = [row.get(name) for name in names]
        if names and None not in mine and any([other.get(name) for name in names] == mine for other in made):
            return True
    return False


def _plain(column: Column, number: int, checked: Checked, rng: random.Random) -> Any:
    """A value where nothing is known of the column."""
    match column.type:
        case t.EnumType(name):
            return rng.choice([stored for _, stored, _ in checked.enums[name]])
        case t.BOOLEAN:
            return rng.random() < 0.5
        case t.LONG | t.DECIMAL:
            return rng.randint(0, 5)
        case t.DATE:
            return f"2026-01-{rng.randint(1, 9):02d}"
        case t.DATETIME:
            return f"2026-01-{rng.randint(1, 9):02d}T08:00:00+08:00"
        case t.TIME:
            return f"{rng.randint(8, 18):02d}:00:00"
    return f"{column.name}{rng.randint(1, 3)}"


# --- values beside those that matter


@dataclass
class _Nearby:
    """What the reference compares with: its constants, the arguments, the present; by kind of value."""

    checked: Checked
    unit: n.Node
    task: Task
    numbers: list[Decimal] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers += [Decimal(node.text) for node in self.unit.walk() if isinstance(node, n.Number)]
        self.texts += [node.value for node in self.unit.walk() if isinstance(node, n.Text) and node.value]

    def beside(self, args: list[Any], world: dict[str, Any]) -> "_Nearby":
        """The same with the values of one test."""
        found = _Nearby(self.checked, self.unit, self.task)
        now = datetime.fromisoformat(world.get("now") or self.task.world.get("now") or _NOW)
        found.days.append(now.date())
        found.moments.append(now)
        for value in _leaves(args):
            found.take(value)
        steps = [int(number) for number in found.numbers if number == int(number) and abs(number) <= 4000]
        for day in list(found.days):
            found.days += [day + timedelta(days=sign * step) for step in steps for sign in (1, -1)]
        found.moments += [now + timedelta(days=sign * step) for step in steps for sign in (1, -1)]
        return found

    def take(self, value: Any) -> None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.numbers.append(Decimal(str(value)))
        elif isinstance(value, str):
            read = _moment(value)
            if read is None:
                self.texts.append(value)
            elif len(value) == len("2026-01-01"):
                self.days.append(read.date())
                self.moments.append(read)
            else:
                self.moments.append(read)

    def value(self, type_: t.Type, column: list[Any], rng: random.Random) -> Any:
        """A value for a column, from its own values or from those beside; None where there is neither."""
        if isinstance(type_, t.EnumType):
            return None
        own = rng.choice(column) if column and rng.random() >= _NEAR else None
        if own is not None:
            return own
        match type_:
            case t.LONG | t.DECIMAL if self.numbers:
                return _near_number(rng.choice(self.numbers), type_ == t.LONG, rng)
            case t.STRING | t.TEXT | t.EMAIL if self.texts:
                return _near_text(rng.choice(self.texts), rng)
            case t.DATE if self.days:
                return (rng.choice(self.days) + timedelta(days=rng.choice((-1, 0, 0, 1)))).isoformat()
            case t.DATETIME if self.moments:
                step = timedelta(seconds=rng.choice((-86400, -1, 0, 0, 1, 3600, 86400)))
                return (rng.choice(self.moments) + step).isoformat()
        return rng.choice(column) if column else None


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list | dict):
        inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for item in inner:
            yield from _leaves(item)
    else:
        yield value


def _moment(text: str) -> datetime | None:
    if len(text) < len("2026-01-01") or not text[:4].isdigit():
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _near_number(number: Decimal, whole: bool, rng: random.Random) -> int | float:
    step = rng.choice((-1, 0, 0, 1)) if whole else rng.choice((Decimal(-1), Decimal("-0.01"), 0, 0, Decimal("0.01"), 1))
    found = number + step
    return int(found) if whole or found == int(found) else float(found)


def _near_text(text: str, rng: random.Random) -> str:
    """The text itself, or one that holds it, or one that nearly does."""
    bare = text.strip("%") or text
    return rng.choice([bare, bare, f"{bare}x", f"x{bare}", f"x{bare}x", bare.swapcase(), bare[:-1] or "x"])

"""The world of one test: clock, zone, chance, user, configuration, external calls, and the record of what was done.

A Runtime is the one thing outside itself that a running program can reach; emitted code and the library know it as
`rt`. Everything in it comes from the test, so the same test always gives the same run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from naslforge.run import memory
from naslforge.run.limits import LimitReached, Limits
from naslforge.run.services import Answer, Typed, closest, first_fitting, read_answer

if TYPE_CHECKING:
    from naslforge.run.browser import Browser
    from naslforge.run.database import Database
    from naslforge.run.processes import Processes

DEFAULT_NOW = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
DEFAULT_ZONE = "Asia/Shanghai"
KEYS = ("now", "timezone", "seed", "locale", "config", "user", "db", "calls", "browser")


class WorldError(Exception):
    """The world given by a task cannot be built; the task is at fault, never the program."""


@dataclass(slots=True)
class Runtime:
    """What a running program may touch. Fresh for every test, but for the database, which is put back."""

    limits: Limits = field(default_factory=Limits)
    now: datetime = DEFAULT_NOW
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(DEFAULT_ZONE))
    locale: str = "zh-CN"
    random: Random = field(default_factory=lambda: Random(0))
    user: dict[str, Any] | None = None
    guarded: dict[str, frozenset[str]] = field(default_factory=dict)  # pages by address: roles that may enter, or any
    config: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    db: "Database" = None  # type: ignore[assignment]  # set before the run, see database.py
    processes: "Processes" = None  # type: ignore[assignment]  # set before the run, see processes.py
    steps: int = 0  # steps taken so far; emitted code keeps its own count and writes it back
    next_look: int = 0  # at the memory, after so many steps
    calls: list[dict[str, Any]] = field(default_factory=list)  # external calls made, in order
    logs: list[tuple[str, str]] = field(default_factory=list)  # (level, message)
    downloads: list[dict[str, Any]] = field(default_factory=list)  # files handed to the user: urls, fileName
    messages: list[str] = field(default_factory=list)  # shown to the user
    trace: list[dict[str, Any]] = field(default_factory=list)  # of a traced run: file, line, name, value as JSON
    variables: dict[str, Any] = field(default_factory=dict)  # global variables by full name
    device: dict[str, Any] = field(default_factory=dict)  # world.browser: query, localStorage, location …
    browser: "Browser | None" = None  # where a page runs

    @property
    def user_name(self) -> str | None:
        """What createdBy and updatedBy hold."""
        return self.user.get("userName") if self.user else None

    def spend(self, steps: int) -> None:
        """Count work done outside emitted code (library loops, queries). Raises LimitReached past the limit."""
        self.steps += steps
        if self.steps > self.limits.steps:
            raise step_limit(self.limits)
        if self.steps > self.next_look:
            self.next_look = self.steps + memory.LOOK
            memory.look()

    def check_length(self, length: int) -> None:
        """Raises LimitReached for a text, list or map longer than the limit."""
        if length > self.limits.length:
            raise LimitReached("memory_limit", f"more than {self.limits.length} items or characters")

    def log(self, level: str, message: str) -> None:
        self.logs.append((level, message))
        self.spend(1 + len(message) // 100)

    def zone_of(self, name: str | None) -> ZoneInfo | None:
        """The zone an argument names: 'global', 'user' or nothing give the app's; None for an unknown name."""
        if name in (None, "", "global", "user"):
            return self.zone
        return find_zone(name)

    def answer(self, target: str, args: list[Any], typed: Typed) -> Answer:
        """The world's answer to an external call; the clock moves by its delay. Raises UndeclaredCall without one.

        `args` are JSON values; `typed` reads those of an entry by the same types.
        """
        self.calls.append({"target": target, "args": args})
        found = first_fitting(self.answers, target, args, typed)
        if found is None:
            raise UndeclaredCall(target, args, closest(self.answers, target, args, typed))
        self.now += found.delay
        return found


def step_limit(limits: Limits) -> LimitReached:
    """What ends a run that has taken too many steps."""
    return LimitReached("step_limit", f"more than {limits.steps} steps")


class UndeclaredCall(Exception):
    """An external call that the test's world does not answer; `near` says in two languages what comes close."""

    def __init__(self, target: str, args: list[Any], near: tuple[str, str] = ("", "")):
        self.target, self.call_args, self.near = target, args, near
        super().__init__(f"external call {target} is not answered by the test's world{near[0]}")


def find_zone(name: str) -> ZoneInfo | None:
    """The IANA zone of that name, or None."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def merge_worlds(task: dict[str, Any], test: dict[str, Any] | None) -> dict[str, Any]:
    """A test's world laid over the task's: key by key at the top level, `db` by entity."""
    if not test:
        return task
    merged = {**task, **test}
    if task.get("db") and test.get("db"):
        merged["db"] = {**task["db"], **test["db"]}
    return merged


def make_runtime(world: dict[str, Any], limits: Limits) -> Runtime:
    """A Runtime without database from a world's JSON. Raises WorldError for a world that makes no sense."""
    if unknown := sorted(set(world) - set(KEYS)):
        raise WorldError(f"unknown key {unknown[0]!r} in world; known: {', '.join(KEYS)}")
    runtime = Runtime(limits=limits, random=Random(_read(world, "seed", _integer, 0)))
    runtime.zone = _read(world, "timezone", _zone, None) or ZoneInfo(DEFAULT_ZONE)
    if (now := world.get("now")) is not None:
        runtime.now = _instant(now, runtime.zone)
    runtime.locale = world.get("locale") or "zh-CN"
    runtime.user = _read(world, "user", _object, None)
    runtime.config = _read(world, "config", _object, {})
    runtime.device = dict(_read(world, "browser", _object, {}))
    runtime.answers = [_answer(entry) for entry in _read(world, "calls", _list, [])]
    return runtime


def _read(world: dict[str, Any], key: str, read: Callable[[Any, str], Any], default: Any) -> Any:
    value = world.get(key)
    return default if value is None else read(value, key)


def _integer(value: Any, key: str) -> int:
    if not isinstance(value, int):
        raise WorldError(f"world.{key} is a whole number, not {value!r}")
    return value


def _object(value: Any, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WorldError(f"world.{key} is an object, not {value!r}")
    return value


def _list(value: Any, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise WorldError(f"world.{key} is a list, not {value!r}")
    return value


def _zone(value: Any, key: str) -> ZoneInfo:
    zone = find_zone(value) if isinstance(value, str) else None
    if zone is None:
        raise WorldError(f"world.{key} names no time zone: {value!r}")
    return zone


def _instant(text: Any, zone: ZoneInfo) -> datetime:
    try:
        value = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise WorldError(f"world.now is no date and time: {text!r}") from error
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def _answer(entry: Any) -> Answer:
    try:
        return read_answer(entry)
    except ValueError as error:
        raise WorldError(str(error)) from error

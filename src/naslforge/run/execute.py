"""Calls of a checked program in worlds, one after another: a value, an error or a passed limit comes back as data."""

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from naslforge.lang import Checked, Diagnostic, Report, Span, rules
from naslforge.lang import nodes as n
from naslforge.run.connection import Connection
from naslforge.run.database import Database
from naslforge.run.emit import emit
from naslforge.run.guard import guarded
from naslforge.run.limits import LimitReached, Limits
from naslforge.run.memory import OUT_OF_MEMORY
from naslforge.run.processes import Processes
from naslforge.run.processplans import read_plans
from naslforge.run.schema import Schema, read_schema
from naslforge.run.servers import prefix, servers
from naslforge.run.timing import OUT_OF_TIME, processor_time
from naslforge.run.values import NaslError, Shapes
from naslforge.run.wire import Reader, Writer
from naslforge.run.world import Runtime, UndeclaredCall, make_runtime, merge_worlds

KEPT_DATABASES = 16
BY_CHANCE = (OUT_OF_MEMORY, OUT_OF_TIME)  # where it happens, and after how many steps, differs from run to run
UNDECLARED = "UndeclaredCall"  # no error of the language: the test's world has a gap
LIMIT_RULES = {
    "step_limit": "NF901",
    "memory_limit": "NF902",
    "time_limit": "NF903",
    "output_limit": "NF904",
    "forbidden": "NF905",
}


@dataclass(slots=True)
class Outcome:
    """What one call came to. `status` is passed, runtime_error or a limit; `shown` is the result as JSON."""

    status: str
    value: Any = None
    shown: Any = None
    error: str | None = None
    message: str = ""
    steps: int = 0
    diagnostic: Diagnostic | None = None
    messages: list[str] = field(default_factory=list)
    logs: list[tuple[str, str]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    downloads: list[dict[str, Any]] = field(default_factory=list)
    database: dict[str, list[Any]] = field(default_factory=dict)

    def shown_short(self) -> str:
        """The result in a sentence."""
        text = json.dumps(self.shown, ensure_ascii=False)
        return text if len(text) <= 200 else text[:197] + "..."


@dataclass(frozen=True, slots=True)
class CallSpec:
    """A call of a logic: full name, arguments as JSON, and what differs from the world of all calls."""

    entry: str
    args: Sequence[Any] = ()
    world: dict[str, Any] | None = None


def execute(
    checked: Checked, calls: Sequence[CallSpec], world: dict[str, Any] | None = None, limits: Limits | None = None
) -> list[Outcome]:
    """Run calls in this process, each in a fresh world. Raises WorldError or WireError for what cannot be read."""
    execution = Execution(checked, limits or Limits())
    found = []
    for call in calls:
        with execution.world(world or {}, call.world) as runtime:
            declared = checked.symbols.by_name[call.entry].node
            assert isinstance(declared, n.Function)
            reader = Reader(execution.shapes, runtime.zone)
            args = [
                reader.read(arg, checked.names[p], p.name.name)
                for arg, p in zip(call.args, declared.params, strict=False)
            ]
            outcome = execution.call(call.entry, args)
            outcome.database = execution.rows()
            found.append(outcome)
    return found


class Execution:
    """A checked program ready to run. Between `world` and its end, calls see the same world."""

    def __init__(self, checked: Checked, limits: Limits, traced: bool = False):
        self.checked, self.limits = checked, limits
        self.program = emit(checked, traced)
        self.shapes: Shapes = self.program.shapes
        self.database = _database_of(checked)
        self.plans = read_plans(checked)
        self.runtime = Runtime(limits=limits)
        self._entry = ""

    @contextmanager
    def world(self, given: dict[str, Any], own: dict[str, Any] | None) -> Iterator[Runtime]:
        """A fresh world for one test: `own` laid over `given`. Raises WorldError."""
        merged = merge_worlds(given, own)
        self.runtime = make_runtime(merged, self.limits)
        self.runtime.db = self.database
        self.runtime.guarded = {page.address: page.roles for page in self.program.pages.values()}
        self.runtime.processes = Processes(self.plans, self.runtime)
        try:
            self.database.begin(self.runtime, self.shapes, given.get("db") or {}, (own or {}).get("db"))
            yield self.runtime
        finally:
            self.database.end()

    def call(self, entry: str, args: Sequence[Any]) -> Outcome:
        """Call a logic with NASL values."""
        return self.watched(entry, lambda: self.program.run(entry, self.runtime, args))

    def watched(self, entry: str, act: Callable[[], Any]) -> Outcome:
        """Run a part of the program under the limits; whatever comes of it is an Outcome."""
        runtime, self._entry = self.runtime, entry
        outcome = Outcome("passed")
        try:
            with processor_time(self.limits.seconds), guarded():
                outcome.value = act()
                outcome.shown = Writer(runtime.zone, self.limits.output).write(outcome.value)
        except NaslError as error:
            outcome.status, outcome.error, outcome.message = "runtime_error", error.kind, error.message
            self._diagnose(
                outcome, error, "NF900", error=error.kind, message=error.message, message_zh=error.message_zh
            )
        except UndeclaredCall as error:
            outcome.status, outcome.error, outcome.message = "runtime_error", UNDECLARED, str(error)
            args_text = json.dumps(error.call_args, ensure_ascii=False)
            near, near_zh = error.near
            self._diagnose(outcome, error, "NF906", target=error.target, args=args_text, near=near, near_zh=near_zh)
        except LimitReached as reached:
            self._stopped(outcome, reached, reached.kind, reached.message)
        except RecursionError as error:
            self._stopped(outcome, error, "step_limit", "calls nested too deeply")
        except MemoryError as error:
            self._stopped(outcome, error, "memory_limit", OUT_OF_MEMORY)
        outcome.steps = 0 if outcome.message in BY_CHANCE else min(runtime.steps, self.limits.steps)
        outcome.messages, outcome.logs, outcome.calls = runtime.messages, runtime.logs, runtime.calls
        outcome.downloads = runtime.downloads
        return outcome

    def rows(self) -> dict[str, list[Any]]:
        """All rows of all entities as JSON, by short name."""
        writer = Writer(self.runtime.zone)
        tables = self.database.schema.tables.values()
        return {table.short: [writer.write(row) for row in self.database.snapshot(table)] for table in tables}

    def _stopped(self, outcome: Outcome, error: BaseException, kind: str, message: str) -> None:
        outcome.status, outcome.message = kind, message
        self._diagnose(outcome, error, LIMIT_RULES[kind], message=message)

    def _diagnose(self, outcome: Outcome, error: BaseException, code: str, /, **facts: object) -> None:
        span = self.program.place(error) if outcome.message not in BY_CHANCE else None
        if span is None:  # by chance, or while the result was written: the logic as a whole
            span = self.checked.symbols.by_name[self._entry].node.name.span
        outcome.diagnostic = diagnostic(code, span, **facts)


def diagnostic(code: str, span: Span, **facts: Any) -> Diagnostic:
    """One diagnostic of the rule with that code."""
    report = Report()
    report.add(rules()[code], span, **facts)
    return report.found[0]


_databases: OrderedDict[tuple[Any, ...], Database] = OrderedDict()


def _database_of(checked: Checked) -> Database:
    """A database with the program's tables; programs with the same entities use the same one in turn."""
    entities = checked.symbols.entities()
    server = servers.connection() if entities else None
    key = (server, *((d.name, d.node.span.text, checked.fields.get(d.name)) for d in entities))
    database = _databases.get(key)
    if database is None:
        database = _databases[key] = Database(_schema(checked, server), server)
        if len(_databases) > KEPT_DATABASES:
            _databases.popitem(last=False)[1].close()
    _databases.move_to_end(key)
    return database


def _schema(checked: Checked, server: Connection | None) -> Schema:
    if server is not None:
        return read_schema(checked, server.dialect, prefix())
    return read_schema(checked) if checked.symbols.entities() else Schema({}, ())

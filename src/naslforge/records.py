"""The records that stages hand to each other, one JSON object a line: Task, Solution, Verdict, Attempt, Example, Pair.

Reading is strict: an unknown or missing key is an InputError that names it. Verdict values stay plain JSON.
"""

from collections.abc import Iterable
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar, Self

from naslforge.journal import InputError, read_jsonl, write_jsonl

SUBLANGUAGES = ("base", "logic", "entity", "query", "page", "process")
DIFFICULTIES = ("easy", "medium", "hard")
STATUSES = (
    "passed", "syntax_error", "type_error", "practice_error", "missing_entry", "wrong_answer", "wrong_state",
    "runtime_error", "step_limit", "memory_limit", "time_limit", "output_limit", "forbidden", "bad_task",
    "sandbox_error",
)  # fmt: skip


class _Absent:
    """The value of a key that was not given, where null would mean something."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __deepcopy__(self, _: Any) -> "_Absent":
        return self


ABSENT = _Absent()


class Record:
    """Reads and writes one JSON object; subclasses are dataclasses whose fields are the keys."""

    _omit_none: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Build the record from parsed JSON. Raises InputError for a wrong shape, an unknown or a missing key."""
        kind = cls.__name__.lower()
        if not isinstance(value, dict):
            raise InputError(f"a {kind} is a JSON object, not {type(value).__name__}")
        known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
        if unknown := sorted(set(value) - set(known)):
            raise InputError(f"unknown key {unknown[0]!r} in {kind}", hint="known: " + ", ".join(known))
        for name, f in known.items():
            if name not in value and f.default is MISSING and f.default_factory is MISSING:
                raise InputError(f"missing key {name!r} in {kind}")
        return cls(**value)

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values, keys in declared order."""
        data = asdict(self)  # type: ignore[call-overload]
        return {k: v for k, v in data.items() if not (v is None and k in self._omit_none)}

    @classmethod
    def read(cls, path: str | Path, on_error: Any = None) -> list[Self]:
        """All records of a JSON Lines file; broken lines raise InputError, or go to `on_error` and are skipped."""
        return list(read_jsonl(path, cls.from_json, on_error))

    @staticmethod
    def write(path: str | Path, records: "Iterable[Record]") -> int:
        """Write records as one JSON Lines file, atomically; gives their number."""
        return write_jsonl(path, (record.to_json() for record in records))


@dataclass(frozen=True, slots=True)
class Test(Record):
    """One call (or the steps of a page) and what must come of it. DESIGN section 2."""

    __test__: ClassVar[bool] = False  # not a pytest class
    _omit_none: ClassVar[tuple[str, ...]] = (
        "args", "raises", "expect_db", "expect_calls", "expect_ui", "tolerance", "world", "steps",
    )  # fmt: skip
    args: list[Any] | None = None
    expect: Any = ABSENT
    raises: str | bool | None = None
    expect_db: dict[str, list[dict[str, Any]]] | None = None
    expect_calls: list[dict[str, Any]] | None = None
    expect_ui: dict[str, Any] | None = None
    ordered: bool = True
    tolerance: float | str | None = None
    world: dict[str, Any] | None = None
    steps: list[dict[str, Any]] | None = None

    def to_json(self) -> dict[str, Any]:
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        data = {k: v for k, v in data.items() if v is not ABSENT and not (v is None and k in self._omit_none)}
        if self.ordered:
            del data["ordered"]
        return data


@dataclass(frozen=True, slots=True)
class Task(Record):
    """What a person asks for, the project it lives in, and the tests that decide. DESIGN section 2."""

    _omit_none: ClassVar[tuple[str, ...]] = ("instruction_en",)
    id: str
    sublanguage: str
    instruction: str
    entry: str
    tests: list[Test]
    instruction_en: str | None = None
    context: str = ""
    signature: str | None = None
    world: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.sublanguage not in SUBLANGUAGES:
            raise InputError(f"sublanguage {self.sublanguage!r} is not one of {', '.join(SUBLANGUAGES)}")
        if not isinstance(self.tests, list):
            raise InputError("tests is a list")
        object.__setattr__(self, "tests", [t if isinstance(t, Test) else Test.from_json(t) for t in self.tests])

    def to_json(self) -> dict[str, Any]:
        order = ("id", "sublanguage", "instruction", "instruction_en", "context", "entry", "signature", "world",
                 "tests", "meta")  # fmt: skip
        data = {k: getattr(self, k) for k in order}
        data["tests"] = [t.to_json() for t in self.tests]
        return {k: v for k, v in data.items() if not (v is None and k in self._omit_none)}


@dataclass(frozen=True, slots=True)
class Solution(Record):
    """One answer to a task: NASL source."""

    task: str
    source: str
    model: str = ""
    sample: int = 0


@dataclass(frozen=True, slots=True)
class TestVerdict(Record):
    """What one test gave: `expected`, `actual` are JSON values; `difference` names the smallest path that differs."""

    __test__: ClassVar[bool] = False
    status: str
    args: list[Any] | None = None
    expected: Any = None
    actual: Any = None
    difference: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict(Record):
    """The gate's word on one solution. `steps` counts executed statements and loop turns over all tests."""

    task: str
    sample: int
    status: str
    diagnostics: list[dict[str, Any]] = field(default_factory=list)
    tests: list[TestVerdict] = field(default_factory=list)
    steps: int = 0
    milliseconds: float = 0.0

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise InputError(f"status {self.status!r} is not one of {', '.join(STATUSES)}")
        tests = [t if isinstance(t, TestVerdict) else TestVerdict.from_json(t) for t in self.tests]
        object.__setattr__(self, "tests", tests)

    @property
    def passed(self) -> bool:
        return self.status == "passed"


@dataclass(frozen=True, slots=True)
class Attempt(Record):
    """One model answer in one round: the messages sent, the code taken from the answer, its verdict."""

    task: str
    round: int
    model: str
    messages: list[dict[str, str]]
    source: str
    verdict: dict[str, Any] | None = None
    usage: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example(Record):
    """A training conversation, in the shape that `datasets` and TRL read."""

    id: str
    messages: list[dict[str, str]]
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair(Record):
    """A preference: conversational `prompt`, `chosen`, `rejected`, in the shape that TRL reads."""

    id: str
    prompt: list[dict[str, str]]
    chosen: list[dict[str, str]]
    rejected: list[dict[str, str]]
    meta: dict[str, Any] = field(default_factory=dict)

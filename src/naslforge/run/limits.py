"""What a run may use, and how passing a limit ends it. DESIGN section 5 has the defaults."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

LimitKind = Literal["step_limit", "memory_limit", "time_limit", "output_limit", "forbidden"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run. Steps decide; `seconds` (of processor time) and `memory` are nets below them."""

    steps: int = 10_000_000
    memory: int = 256 * MIB  # bytes above what an idle worker has
    seconds: float = 10.0
    depth: int = 200  # logics called inside each other
    output: int = MIB  # bytes of the result as JSON
    length: int = 1_000_000  # items of a list or map, UTF-16 units of a text
    rows: int = 100_000  # rows of the database, all entities together

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Limits":
        return cls(**{f.name: value[f.name] for f in fields(cls) if f.name in value})


class LimitReached(BaseException):
    """Ends a run. Not an Exception: nothing between here and the worker may take it for a fault of the program."""

    def __init__(self, kind: LimitKind, message: str = ""):
        self.kind, self.message = kind, message
        super().__init__(f"{kind}: {message}")

"""What a collector gives: tasks one by one, and an account of everything that was left out and why."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from naslforge.records import Task
from naslforge.synth.collect.shapes import Inexpressible

Drop = Callable[[str, str], None]
"""Called by a collector with the reason and the id (or place) of what it leaves out."""

EXAMPLES_KEPT = 3


@dataclass
class Collected:
    """An iterator of tasks; `dropped` and `examples` fill while it is read, so nothing is held in memory."""

    source: str
    _read: Callable[[Drop], Iterator[Task]]
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Task]:
        for task in self._read(self.drop):
            self.kept += 1
            yield task

    def drop(self, reason: str, what: str) -> None:
        """Count one thing left out, and keep the first few by name."""
        self.dropped[reason] += 1
        kept = self.examples.setdefault(reason, [])
        if len(kept) < EXAMPLES_KEPT:
            kept.append(what)


def attempt(make: Callable[[], Task], drop: Drop, name: str) -> Iterator[Task]:
    """The task, or nothing and the reason dropped; columns that hold something else than they should are one."""
    try:
        task = make()
    except Inexpressible as error:
        drop(f"task: {error}", name)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        drop("row of an unexpected shape", f"{name}: {error!r}"[:200])
    else:
        yield task

"""Regular expressions in JavaScript's syntax, matched by backtracking with a count of steps.

Python's own engine could be made to run for years by a pattern of ten characters, and cannot be stopped by counting;
so patterns are compiled to a small machine whose every instruction is a step of the run. Understood are literals,
classes, groups (also named, and without capture), alternatives, greedy and lazy repeats, anchors, word borders,
look-ahead and look-behind of fixed alternatives, back references; flags g, i, m.
"""

from dataclasses import dataclass
from functools import lru_cache

from naslforge.run import texts
from naslforge.run.library.pattern import Program, compile_pattern
from naslforge.run.limits import LimitReached
from naslforge.run.values import Regex
from naslforge.run.world import Runtime

PENDING = 2_000_000  # slots of choices kept open at a time
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
LINE_ENDS = "\n\r\u2028\u2029"


@lru_cache(maxsize=256)
def compile_regex(regex: Regex) -> "Matcher":
    """The matcher of a regex. Raises a fault for a pattern that cannot be understood."""
    return Matcher(compile_pattern(regex.pattern, "i" in regex.flags), "g" in regex.flags, "m" in regex.flags)


@dataclass(frozen=True, slots=True)
class Matcher:
    program: Program
    every: bool  # flag g
    lines: bool  # flag m

    def texts(self, text: str, rt: Runtime) -> list[str]:
        """What matches: all with flag g, else the first."""
        row = texts.units(text)
        return [texts.whole(row[slots[0] : slots[1]]) for slots in self.matches(row, rt, self.every)]  # type: ignore[misc]

    def replace(self, text: str, replacement: str, rt: Runtime) -> str:
        """The text with matches replaced, all with flag g, else the first; the replacement is literal."""
        row, parts, at = texts.units(text), [], 0
        for slots in self.matches(row, rt, self.every):
            parts += [row[at : slots[0]], replacement]
            at = slots[1] or 0
        parts.append(row[at:])
        rt.check_length(sum(map(len, parts)))
        return texts.whole("".join(parts))

    def split(self, text: str, rt: Runtime) -> list[str | None]:
        """The text cut at every match; what groups captured stands between the parts."""
        row = texts.units(text)
        if not row:
            return [] if self.match_at(row, 0, rt) else [text]
        parts: list[str | None] = []
        start = at = 0
        while at < len(row):
            slots = self.match_at(row, at, rt)
            end = slots[1] if slots else None
            if slots is None or end is None or end == start:
                at += 1
                continue
            parts.append(row[start:at])
            for i in range(2, 2 * (self.program.groups + 1), 2):
                a, b = slots[i], slots[i + 1]
                parts.append(None if a is None or b is None else row[a:b])
            start = at = end
        return [part and texts.whole(part) for part in [*parts, row[start:]]]

    def test(self, text: str, rt: Runtime) -> bool:
        """Does it match anywhere?"""
        return bool(self.matches(texts.units(text), rt, False))

    def matches(self, row: str, rt: Runtime, every: bool) -> list[list[int | None]]:
        """The slots of each match from left to right: start and end of the whole, then of every group."""
        found: list[list[int | None]] = []
        at = 0
        while at <= len(row):
            slots = self.match_at(row, at, rt)
            if slots is None:
                at += 1
                continue
            found.append(slots)
            if not every:
                break
            end = slots[1] or 0
            at = end if end > at else at + 1
        return found

    def match_at(self, row: str, at: int, rt: Runtime) -> list[int | None] | None:
        """The slots of a match that begins right there."""
        return _run(self.program, 0, row, at, [None] * self.program.slots, self.lines, rt)


def _run(
    program: Program,
    start: int,
    row: str,
    at: int,
    slots: list[int | None],
    lines: bool,
    rt: Runtime,
    end: int | None = None,
) -> list[int | None] | None:
    """Run the machine, up to `end` where one is given; open choices wait as (instruction, position, slots)."""
    code, size, fold = program.code, len(row), program.fold
    waiting: list[tuple[int, int, list[int | None]]] = []
    most, copying = PENDING // max(len(slots), 1), 1 + len(slots) // 50
    pc, steps = start, 0
    while True:
        op, x, y = code[pc]
        steps += 1
        failed = False
        if steps > 1000:
            rt.spend(steps)
            steps = 0
        if op == "one":
            if at < size and (fold(row[at]) in x if fold else row[at] in x) is not y:
                at, pc = at + 1, pc + 1
            else:
                failed = True
        elif op == "split":
            if len(waiting) > most:
                raise LimitReached("memory_limit", "a regular expression keeps too many choices open")
            waiting.append((y, at, slots))
            pc = x
        elif op == "jump":
            pc = x
        elif op == "save":
            steps += copying
            slots = slots.copy()
            slots[x] = at
            pc += 1
        elif op == "clear":  # groups inside a repeat are forgotten at every turn
            steps += copying
            slots = slots.copy()
            slots[x:y] = [None] * (y - x)
            pc += 1
        elif op == "moved":  # an empty turn of a repeat leads nowhere
            failed = slots[x] == at
            pc += 1
        elif op == "check":
            failed = not _holds(x, row, at, size, lines)
            pc += 1
        elif op == "back":
            a, b = slots[x], slots[x + 1]
            part = "" if a is None or b is None else row[a:b]
            here = row[at : at + len(part)]
            steps += len(part) // 10
            failed = here != part and not (fold and list(map(fold, here)) == list(map(fold, part)))
            at, pc = at + len(part), pc + 1
        elif op == "look":
            kind, _, after = x
            seen = _look(program, pc + 1, kind, row, at, slots, lines, rt)
            failed = (seen is None) is not kind.startswith("!")
            slots = slots if seen is None or failed or kind.startswith("!") else seen
            pc = after
        elif end is not None and at != end:
            failed = True
        else:  # done
            rt.spend(steps)
            slots = slots.copy()
            slots[1] = at
            return slots
        if failed:
            if not waiting:
                rt.spend(steps)
                return None
            pc, at, slots = waiting.pop()


def _look(
    program: Program, pc: int, kind: str, row: str, at: int, slots: list[int | None], lines: bool, rt: Runtime
) -> list[int | None] | None:
    """Look ahead, or behind by trying every beginning before the place."""
    ends = slots[1]
    for begin in range(at, -1, -1) if kind.endswith("<") else (at,):
        seen = _run(program, pc, row, begin, slots, lines, rt, at if kind.endswith("<") else None)
        if seen is not None:
            seen[1] = ends
            return seen
    return None


def _holds(what: str, row: str, at: int, size: int, lines: bool) -> bool:
    if what == "^":
        return at == 0 or (lines and row[at - 1] in LINE_ENDS)
    if what == "$":
        return at == size or (lines and row[at] in LINE_ENDS)
    border = (at > 0 and row[at - 1] in WORD) is not (at < size and row[at] in WORD)
    return border is (what == "b")

"""What external interfaces and connectors answer in a test: the entries of `world.calls`, matched in order.

The first entry fits whose target is the call's, whose `times` are not used up, and whose `args` are absent or like the
call's. In `args` an object `{"$has": {…}}` fits every object with at least these members, `{"$any": true}` anything.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from naslforge.lang import types as t
from naslforge.lang.scope import nearest
from naslforge.run.wire import Reader, WireError, Writer

KEYS = ("target", "args", "result", "error", "delay", "times")
HAS, ANYTHING = "$has", "$any"
_SHOWN = 80

Typed = Callable[[Sequence[Any]], list[Any]]


@dataclass(slots=True)
class Answer:
    """One entry of `world.calls`. `left` is None for an entry without end."""

    target: str
    args: list[Any] | None
    result: Any
    error: dict[str, Any] | None
    delay: timedelta
    left: int | None
    times: int | None

    def misfit(self, args: Sequence[Any], typed: Typed) -> str | None:
        """Where a call with these arguments is unlike this entry, None where it fits; the target is known to fit."""
        return None if self.args is None else unlike(list(args), typed(self.args), "args")


def read_answer(entry: Any) -> Answer:
    """An entry of `world.calls`. Raises ValueError for one that makes no sense."""
    if not isinstance(entry, dict) or not isinstance(entry.get("target"), str):
        raise ValueError("an entry of world.calls is an object with a target")
    if unknown := sorted(set(entry) - set(KEYS)):
        raise ValueError(f"unknown key {unknown[0]!r} in world.calls; known: {', '.join(KEYS)}")
    target, args, error = entry["target"], entry.get("args"), entry.get("error")
    where = f"world.calls: {target}:"
    if args is not None and not isinstance(args, list):
        raise ValueError(f"{where} args is a list, by position")
    if error is not None and not (isinstance(error, dict) and isinstance(error.get("name"), str | None)):
        raise ValueError(f"{where} error is an object with name and message")
    if error is not None and entry.get("result") is not None:
        raise ValueError(f"{where} an entry has a result or an error, not both")
    times, delay = entry.get("times"), entry.get("delay") or 0
    if times is not None and not (_is_number(times) and times == int(times) and times >= 0):
        raise ValueError(f"{where} times is a whole number, not {times!r}")
    if not _is_number(delay) or delay < 0:
        raise ValueError(f"{where} delay is a number of milliseconds, not {delay!r}")
    return Answer(target, args, entry.get("result"), error, timedelta(milliseconds=delay), times, times)


def first_fitting(answers: Sequence[Answer], target: str, args: Sequence[Any], typed: Typed) -> Answer | None:
    """The entry that answers a call; one of its `times` is used up. None where no entry does."""
    for entry in answers:
        if entry.target == target and entry.left != 0 and entry.misfit(args, typed) is None:
            if entry.left is not None:
                entry.left -= 1
            return entry
    return None


def closest(answers: Sequence[Answer], target: str, args: Sequence[Any], typed: Typed) -> tuple[str, str]:
    """What is declared and nearly fits, as the rest of a sentence in two languages; two empty texts for nothing."""
    same = [entry for entry in answers if entry.target == target]
    for entry in same:
        if entry.misfit(args, typed) is None:
            return (
                f"; the entry that fits answers {entry.times} times and was used up",
                f"；与之匹配的预置结果只能使用 {entry.times} 次，已经用完",
            )
    misfits = sorted((entry.misfit(args, typed) or "" for entry in same), key=_depth, reverse=True)
    if misfits:
        return f"; the closest entry differs at {misfits[0]}", f"；最接近的预置结果不同之处：{misfits[0]}"
    near = nearest(target, {entry.target for entry in answers})
    return (f"; `{near}` is declared", f"；已预置的有 `{near}`") if near else ("", "")


def _depth(misfit: str) -> int:
    """A difference further inside is a smaller one."""
    path = misfit.partition(":")[0]
    return path.count(".") + path.count("[")


def typed_args(reader: Reader, types: Sequence[t.Type], writer: Writer) -> Typed:
    """How declared arguments are read: by the parameters' types, so that `1`, `"1.0"` and instants are what they say.

    What has no such type (a matcher, a slip) stays as it is.
    """

    def read(args: Sequence[Any]) -> list[Any]:
        found = list(args)
        for i, (arg, type_) in enumerate(zip(args, types, strict=False)):
            try:
                found[i] = writer.write(reader.read(arg, type_))
            except WireError:
                continue
        return found

    return read


def unlike(actual: Any, wanted: Any, path: str) -> str | None:
    """The smallest path at which JSON differs from what a test declares, matchers understood; None where it fits."""
    if isinstance(wanted, dict) and set(wanted) == {ANYTHING}:
        return None
    if isinstance(wanted, dict) and set(wanted) == {HAS} and isinstance(wanted[HAS], dict):
        if not isinstance(actual, dict):
            return _told(path, wanted, actual)
        return _unlike_members({k: actual[k] for k in wanted[HAS] if k in actual}, wanted[HAS], path)
    if isinstance(wanted, dict) and isinstance(actual, dict):
        return _unlike_members(actual, wanted, path)
    if isinstance(wanted, list) and isinstance(actual, list):
        return _unlike_items(actual, wanted, path)
    return None if same_json(actual, wanted) else _told(path, wanted, actual)


def _unlike_members(actual: dict[str, Any], wanted: dict[str, Any], path: str) -> str | None:
    for key in [*wanted, *(key for key in actual if key not in wanted)]:
        inner = f"{path}.{key}"
        if key not in actual:
            return f"{inner}: expected {_show(wanted[key])}, got nothing"
        if key not in wanted:
            return f"{inner}: expected nothing, got {_show(actual[key])}"
        if found := unlike(actual[key], wanted[key], inner):
            return found
    return None


def _unlike_items(actual: list[Any], wanted: list[Any], path: str) -> str | None:
    for i, (one, other) in enumerate(zip(actual, wanted, strict=False)):
        if found := unlike(one, other, f"{path}[{i}]"):
            return found
    if len(actual) < len(wanted):
        return f"{path}[{len(actual)}]: expected {_show(wanted[len(actual)])}, got nothing"
    if len(actual) > len(wanted):
        return f"{path}[{len(wanted)}]: expected nothing, got {_show(actual[len(wanted)])}"
    return None


def same_json(a: Any, b: Any) -> bool:
    """Equal values of JSON that hold no others: numbers by value, instants by their moment; true is not 1."""
    if _is_number(a) and _is_number(b):
        return Decimal(str(a)) == Decimal(str(b))
    if isinstance(a, str) and isinstance(b, str) and a != b:
        left, right = _instant(a), _instant(b)
        return left is not None and left == right
    return type(a) is type(b) and bool(a == b)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _instant(text: str) -> datetime | None:
    """A moment with its offset; None for any other text."""
    if len(text) < len("2026-01-01T00:00Z") or text[10] != "T":
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _told(path: str, wanted: Any, actual: Any) -> str:
    return f"{path}: expected {_show(wanted)}, got {_show(actual)}"


def _show(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"

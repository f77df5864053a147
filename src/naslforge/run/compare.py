"""Typed comparison of what came out with what was expected; the answer is the smallest path that differs, in words.

Numbers by value (within `tolerance` where given), DateTime by instant, maps without order, structures by property.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any

from naslforge.run.limits import LimitReached
from naslforge.run.values import Struct
from naslforge.run.wire import Writer

LONGEST = 200  # characters of a shown value


@dataclass(frozen=True, slots=True)
class Comparison:
    """How values are compared and shown."""

    tolerance: Decimal | None = None
    zone: tzinfo = UTC

    def difference(self, actual: Any, expected: Any, path: str = "") -> str | None:
        """Where `actual` is not `expected`, None where they are equal."""
        if isinstance(expected, list) and isinstance(actual, list):
            return self._lists(actual, expected, path)
        if isinstance(expected, Struct | dict) and isinstance(actual, Struct | dict):
            return self._objects(actual, expected, path)
        return None if self.same_scalar(actual, expected) else self._told(path, expected, actual)

    def unordered(self, actual: Any, expected: Any) -> str | None:
        """As `difference`, but the outermost list is a multiset."""
        if not (isinstance(actual, list) and isinstance(expected, list)):
            return self.difference(actual, expected)
        left, wanted = self._unpaired(actual, expected)
        if wanted:
            return self._missing(actual, left, expected[wanted[0]])
        return f"[{left[0]}]: expected no such item, got {self.show(actual[left[0]])}" if left else None

    def _missing(self, actual: list[Any], left: list[int], item: Any) -> str:
        """What to say of an item that nothing is equal to: how the one most like it differs, if any is like it."""
        near = min(left, key=lambda i: self._unlikeness(actual[i], item), default=None)
        parts = _parts(item)
        if near is not None and parts > 1 and self._unlikeness(actual[near], item) * 2 <= parts:
            return self.difference(actual[near], item, f"[{near}]") or ""
        return f"[*]: expected an item {self.show(item)}, got none such"

    def _unlikeness(self, actual: Any, expected: Any) -> int:
        """How many values inside `expected` stand otherwise in `actual`, the ones too many counted too."""
        if isinstance(expected, list) and isinstance(actual, list):
            pairs = zip(actual, expected, strict=False)
            return sum(self._unlikeness(a, e) for a, e in pairs) + abs(len(actual) - len(expected))
        if isinstance(expected, Struct | dict) and isinstance(actual, Struct | dict):
            have, want = _members(actual), _members(expected)
            same = sum(self._unlikeness(have[key], value) if key in have else 1 for key, value in want.items())
            return same + sum(key not in want for key in have)
        return int(self.difference(actual, expected) is not None)

    def _unpaired(self, actual: list[Any], expected: list[Any]) -> tuple[list[int], list[int]]:
        """The positions in both lists that are left when as many equal items as possible are paired."""
        partners = self._exact_partners(actual, expected)
        for j in sorted(set(range(len(expected))) - set(partners.values())):
            if self.tolerance is None:  # equality is transitive then: the first partner is as good as any
                at = next((i for i in self._near(actual, expected[j]) if i not in partners), None)
                if at is not None:
                    partners[at] = j
            else:
                _augment(j, lambda k: self._near(actual, expected[k]), partners)
        left = [i for i in range(len(actual)) if i not in partners]
        return left, sorted(set(range(len(expected))) - set(partners.values()))

    def _near(self, actual: list[Any], item: Any) -> Iterator[int]:
        return (i for i, other in enumerate(actual) if self._equal(other, item))

    def _equal(self, actual: Any, expected: Any) -> bool:
        return self.difference(actual, expected) is None

    def _exact_partners(self, actual: list[Any], expected: list[Any]) -> dict[int, int]:
        """Positions of exactly equal items: of one in `actual`, by whose side it stands in `expected`."""
        places: dict[str, list[int]] = {}
        for i in range(len(actual) - 1, -1, -1):
            places.setdefault(self._canonical(actual[i]), []).append(i)
        partners: dict[int, int] = {}
        for j, item in enumerate(expected):
            same = places.get(self._canonical(item))
            if same and self._equal(actual[same[-1]], item):
                partners[same.pop()] = j
        return partners

    def _canonical(self, value: Any) -> str:
        return json.dumps(Writer(UTC).write(value), sort_keys=True)

    def same_scalar(self, a: Any, b: Any) -> bool:
        """Equality of two values that are not both lists or both objects."""
        if a is None or b is None:
            return a is b
        if isinstance(a, bool) or isinstance(b, bool):
            return a is b
        if isinstance(a, int | Decimal) and isinstance(b, int | Decimal):
            near = self.tolerance is not None and (isinstance(a, Decimal) or isinstance(b, Decimal))
            return abs(Decimal(a) - Decimal(b)) <= self.tolerance if near else a == b  # type: ignore[operator]
        if isinstance(a, datetime) or isinstance(b, datetime):
            return isinstance(a, datetime) and isinstance(b, datetime) and a == b
        return type(a) is type(b) and bool(a == b)

    def show(self, value: Any) -> str:
        """A value as short JSON."""
        try:
            text = json.dumps(Writer(self.zone, 100_000).write(value), ensure_ascii=False)
        except LimitReached:
            return "a very long value"
        return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."

    def _lists(self, actual: Sequence[Any], expected: Sequence[Any], path: str) -> str | None:
        for i, (a, e) in enumerate(zip(actual, expected, strict=False)):
            if found := self.difference(a, e, f"{path}[{i}]"):
                return found
        if len(actual) < len(expected):
            at = len(actual)
            return f"{path}[{at}]: expected {self.show(expected[at])}, got nothing ({at} of {len(expected)} items)"
        if len(actual) > len(expected):
            at = len(expected)
            return f"{path}[{at}]: expected nothing, got {self.show(actual[at])} ({len(actual)} items, not {at})"
        return None

    def _objects(self, actual: Struct | dict[Any, Any], expected: Struct | dict[Any, Any], path: str) -> str | None:
        have, want = _members(actual), _members(expected)
        declared = isinstance(actual, Struct)  # its properties are all there: one that is not named is null
        for key, value in want.items():
            inner = f"{path}.{_key(key)}".lstrip(".")
            if key not in have:
                return f"{inner}: expected {self.show(value)}, got nothing"
            if found := self.difference(have[key], value, inner):
                return found
        for key, value in have.items():
            if key not in want and not (declared and value is None):
                return f"{path}.{_key(key)}".lstrip(".") + f": expected nothing, got {self.show(value)}"
        return None

    def _told(self, path: str, expected: Any, actual: Any) -> str:
        return f"{path or 'result'}: expected {self.show(expected)}, got {self.show(actual)}"


def _members(value: Any) -> dict[Any, Any]:
    return value.fields if isinstance(value, Struct) else value


def _key(key: Any) -> str:
    """A map key as JSON names it."""
    return Writer().key(key)


def _parts(value: Any) -> int:
    """How many values are inside."""
    inner = value if isinstance(value, list) else _members(value).values() if isinstance(value, Struct | dict) else ()
    return sum(map(_parts, inner)) if inner else 1


def _augment(start: int, near: Callable[[int], Iterator[int]], partners: dict[int, int]) -> None:
    """Pair `start` too if others can make room; `partners` says by whom each possible partner is taken.

    An augmenting path after Kuhn, "The Hungarian method for the assignment problem" (1955): within a tolerance the
    first partner of one item may be the only one of another.
    """
    came: dict[int, int] = {}  # a possible partner, and for whom it was looked at
    queue = [start]
    for j in queue:
        for i in near(j):
            if i in came:
                continue
            came[i] = j
            if i in partners:
                queue.append(partners[i])
                continue
            while True:  # walk back: everyone on the way takes the partner found for him
                before = next((k for k, taken in partners.items() if taken == came[i]), None)
                partners[i] = came[i]
                if before is None:
                    return
                i = before
            return


def exact(value: Any) -> Any:
    """JSON with its fractions as Decimals, so that numbers compare by value."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list):
        return [exact(item) for item in value]
    return {key: exact(item) for key, item in value.items()} if isinstance(value, dict) else value

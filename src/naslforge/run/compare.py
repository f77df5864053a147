"""Typed comparison of what came out with what was expected; the answer is the smallest path that differs, in words.

Numbers by value (within `tolerance` where given), DateTime by instant, maps without order, structures by property.
"""

import json
from collections.abc import Sequence
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
            return self._objects(_members(actual), _members(expected), path)
        return None if self.same_scalar(actual, expected) else self._told(path, expected, actual)

    def unordered(self, actual: Any, expected: Any) -> str | None:
        """As `difference`, but the outermost list is a multiset."""
        if not (isinstance(actual, list) and isinstance(expected, list)):
            return self.difference(actual, expected)
        left, wanted = self._unequal(actual, expected)
        for item in wanted:
            at = next((i for i in left if self.difference(actual[i], item) is None), None)
            if at is None:
                return f"[*]: expected an item {self.show(item)}, got none such"
            left.remove(at)
        return f"[{left[0]}]: expected no such item, got {self.show(actual[left[0]])}" if left else None

    def _unequal(self, actual: list[Any], expected: list[Any]) -> tuple[list[int], list[Any]]:
        """What is left when equal items are taken away in pairs: positions in `actual`, items of `expected`."""
        places: dict[str, list[int]] = {}
        for i in range(len(actual) - 1, -1, -1):
            places.setdefault(self._canonical(actual[i]), []).append(i)
        wanted = []
        for item in expected:
            same = places.get(self._canonical(item))
            if same:
                same.pop()
            else:
                wanted.append(item)
        return sorted(i for found in places.values() for i in found), wanted

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

    def _objects(self, actual: dict[Any, Any], expected: dict[Any, Any], path: str) -> str | None:
        for key, value in expected.items():
            inner = f"{path}.{key}".lstrip(".")
            if key not in actual:
                return f"{inner}: expected {self.show(value)}, got nothing"
            if found := self.difference(actual[key], value, inner):
                return found
        for key, value in actual.items():
            if key not in expected:
                return f"{path}.{key}".lstrip(".") + f": expected nothing, got {self.show(value)}"
        return None

    def _told(self, path: str, expected: Any, actual: Any) -> str:
        return f"{path or 'result'}: expected {self.show(expected)}, got {self.show(actual)}"


def _members(value: Any) -> dict[Any, Any]:
    return value.fields if isinstance(value, Struct) else value


def exact(value: Any) -> Any:
    """JSON with its fractions as Decimals, so that numbers compare by value."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list):
        return [exact(item) for item in value]
    return {key: exact(item) for key, item in value.items()} if isinstance(value, dict) else value

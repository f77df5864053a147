"""Values to JSON and back, by declared type (DESIGN section 2). The edge of a run: arguments in, results out."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from naslforge.lang import types as t
from naslforge.run.limits import LimitReached
from naslforge.run.values import LONG_MAX, Shapes, Struct, Time, plain_decimal

SAFE_INTEGER = 2**53
DEEPEST = 200


class WireError(Exception):
    """A JSON value that is none of the type; `path` leads to it."""

    def __init__(self, message: str, path: str = ""):
        self.message, self.path = message, path
        super().__init__(f"{path or 'value'}: {message}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads JSON by type; `shapes` knows the properties and enum items, `zone` is for times without offset.

    A `loose` reader passes over properties that a type does not have.
    """

    shapes: Shapes
    zone: tzinfo = UTC
    loose: bool = False

    def read(self, value: Any, type_: t.Type, path: str = "") -> Any:
        """The NASL value. Raises WireError where the JSON does not fit the type."""
        if value is None:
            return None
        match type_:
            case t.Primitive(name):
                return self._primitive(value, name, path)
            case t.ListOf(item):
                _expect(isinstance(value, list), value, type_, path)
                return [self.read(v, item, f"{path}[{i}]") for i, v in enumerate(value)]
            case t.MapOf(key, item):
                _expect(isinstance(value, dict), value, type_, path)
                return {self._key(k, key, path): self.read(v, item, f"{path}.{k}") for k, v in value.items()}
            case t.EnumType(name):
                stored = [v for _, v, _ in self.shapes.enums.get(name, ())]
                _expect(value in stored and not isinstance(value, bool), value, type_, path)
                return value
            case t.Union(members):
                return self._union(value, members, type_, path)
            case t.REGEX:
                raise WireError("a Regex has no JSON form", path)
            case t.Structure() | t.Entity() | t.Anonymous():
                return self._object(value, type_, path)
            case _:
                return self._any(value)

    def _primitive(self, value: Any, name: str, path: str) -> Any:
        read = _PRIMITIVES.get(name)
        if name == "DateTime":
            return self._instant(value, path)
        if read is None:
            return self._any(value)
        try:
            found = read(value)
        except (ValueError, InvalidOperation, OverflowError):
            found = None
        if found is None:
            raise WireError(f"{_show(value)} is no {name}", path)
        return found

    def _instant(self, value: Any, path: str) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)
        except (TypeError, ValueError, OverflowError) as error:
            raise WireError(f"{_show(value)} is no DateTime", path) from error

    def _key(self, key: str, type_: t.Type, path: str) -> Any:
        if type_ == t.BOOLEAN:
            _expect(key in ("true", "false"), key, type_, path)
            return key == "true"
        return self.read(key, type_, path)

    def _union(self, value: Any, members: tuple[t.Type, ...], type_: t.Type, path: str) -> Any:
        for member in members:
            try:
                return self.read(value, member, path)
            except WireError:
                continue
        raise WireError(f"{_show(value)} is no {t.show(type_)}", path)

    def _object(self, value: Any, type_: t.Type, path: str) -> Any:
        _expect(isinstance(value, dict), value, type_, path)
        fields = self.shapes.fields_of(type_)
        names = [name for name, _ in fields]
        if unknown := [k for k in value if k not in names and not self.loose]:
            raise WireError(f"{t.show(type_)} has no property {unknown[0]!r}", path)
        return Struct(type_, {n: self._property(value, n, ft, f"{path}.{n}".lstrip(".")) for n, ft in fields})

    def _property(self, value: dict[str, Any], name: str, type_: t.Type, path: str) -> Any:
        if name not in value:
            return [] if isinstance(type_, t.ListOf) else {} if isinstance(type_, t.MapOf) else None
        return self.read(value[name], type_, path)

    def _any(self, value: Any) -> Any:
        if isinstance(value, float):
            return Decimal(repr(value))
        if isinstance(value, list):
            return [self._any(v) for v in value]
        if isinstance(value, dict):
            return {k: self._any(v) for k, v in value.items()}
        return value


def _expect(right: bool, value: Any, type_: t.Type, path: str) -> None:
    if not right:
        raise WireError(f"{_show(value)} is no {t.show(type_)}", path)


def _show(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:77] + "..."


def _boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _long(value: Any) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value):
        value = int(value)
    right = isinstance(value, int) and not isinstance(value, bool) and -LONG_MAX <= value <= LONG_MAX
    return value if right else None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    number = Decimal(repr(value) if isinstance(value, float) else value)
    return number if number.is_finite() else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: Any) -> date | None:
    right = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return date.fromisoformat(value) if right else None


def _time(value: Any) -> Any:
    return Time.parse(value) if isinstance(value, str) else None


_PRIMITIVES: dict[str, Callable[[Any], Any]] = {
    "Boolean": _boolean,
    "Long": _long,
    "Decimal": _decimal,
    "String": _text,
    "Text": _text,
    "Email": _text,
    "Binary": _text,
    "Date": _date,
    "Time": _time,
}


class Writer:
    """Writes values as JSON within a budget of bytes; sharing and cycles cannot make the output endless."""

    def __init__(self, zone: tzinfo = UTC, output: int = 1 << 30):
        self.zone, self.left, self.output = zone, output, output

    def write(self, value: Any, depth: int = 0) -> Any:
        """The JSON value. Raises LimitReached when the text would pass the budget or nest too deeply."""
        if depth > DEEPEST:
            raise LimitReached("output_limit", "the result is nested too deeply or contains itself")
        self._spend(len(value.encode("utf-8", "replace")) + 2 if isinstance(value, str) else 4)
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int):
            return value if abs(value) <= SAFE_INTEGER else str(value)
        if isinstance(value, Decimal):
            return self._decimal(value)
        if isinstance(value, datetime):
            return value.astimezone(self.zone).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return [self.write(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {self.key(k): self.write(v, depth + 1) for k, v in value.items()}
        if isinstance(value, Struct):
            return {k: self.write(v, depth + 1) for k, v in value.fields.items()}
        return str(value)

    def key(self, key: Any) -> str:
        """A map key as the name of a JSON member."""
        if isinstance(key, bool):
            return "true" if key else "false"
        text = plain_decimal(key) if isinstance(key, Decimal) else "null" if key is None else str(key)
        self._spend(len(text) + 4)
        return text

    def _decimal(self, value: Decimal) -> int | float | str:
        if value == value.to_integral_value() and abs(value) <= SAFE_INTEGER:
            return int(value)
        text = plain_decimal(value)
        self._spend(len(text))
        number = float(value)
        return number if Decimal(repr(number)) == value else text

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise LimitReached("output_limit", f"the result is longer than {self.output} bytes")

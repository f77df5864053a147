"""Conversion between types, enum items and JSON text."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_FLOOR, Decimal, DecimalException
from typing import Any

from naslforge.lang import types as t
from naslforge.run.library import dates
from naslforge.run.library.numbers import whole
from naslforge.run.library.strings import WHITE
from naslforge.run.texts import Printer, label_of
from naslforge.run.values import DIGITS, LONG_MAX, Shapes, Struct, Time, illegal, long, plain_decimal
from naslforge.run.wire import Reader, WireError
from naslforge.run.world import Runtime

Types = tuple[t.Type, ...]
HALF = Decimal("0.5")
_HALF = re.compile("[\ud800-\udfff]")
LOOKS_LIKE_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}", re.ASCII)


def _bad(value: Any, type_: t.Type) -> Exception:
    shown = repr(value)[:60]
    return illegal(f"{shown} is no {t.show(type_)}", f"{shown} 不能转换为 {t.show(type_)}")


def convert(value: Any, *, rt: Runtime, types: Types) -> Any:
    """The loose cast: null stays null (to Boolean: false), text that cannot be read is a fault (D34)."""
    wanted = types[0] if types else t.STRING
    if wanted == t.BOOLEAN:
        return bool(value)
    if value is None:
        return None
    cast = _CASTS.get(getattr(wanted, "name", ""))
    if cast is None:
        raise _bad(value, wanted)
    try:
        return cast(value, rt)
    except (ValueError, TypeError, OverflowError, DecimalException) as error:
        raise _bad(value, wanted) from error


def _to_decimal(value: Any, rt: Runtime) -> Decimal:
    if isinstance(value, date):
        return Decimal(dates.to_epoch(_to_instant(value, rt)))
    return number_of(value) if isinstance(value, str) else Decimal(value)


def number_of(text: str) -> Decimal:
    """A number from text as JavaScript reads it. Raises ValueError for other text."""
    text = text.strip(WHITE)
    if not text:
        return Decimal(0)
    if re.fullmatch(r"0([xX][0-9a-fA-F]{1,16}|[oO][0-7]{1,22}|[bB][01]{1,64})", text):
        return Decimal(int(text, 0))
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", text, re.ASCII) or len(text) > DIGITS:
        raise ValueError(text)
    number = Decimal(text)
    if abs(number.adjusted()) > DIGITS:
        raise ValueError(text)
    return number


def _to_long(value: Any, rt: Runtime) -> int:
    if isinstance(value, str) and LOOKS_LIKE_DATE.match(value.strip()):
        return dates.to_epoch(dates.parse_instant(value, rt.zone))
    number = _to_decimal(value, rt)
    return whole(number + HALF, ROUND_FLOOR)


def _to_instant(value: Any, rt: Runtime) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return dates.instant(value, rt.zone)
    return dates.parse_instant(value, rt.zone) if isinstance(value, str) else dates.from_epoch(int(value))


def _to_date(value: Any, rt: Runtime) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _to_instant(value, rt).astimezone(rt.zone).date()


def _to_time(value: Any, rt: Runtime) -> Time:
    if isinstance(value, Time):
        return value
    if isinstance(value, str) and ":" in value.strip()[:3]:
        return Time(Time.parse(value.strip()).value.replace(microsecond=0))
    return Time(_to_instant(value, rt).astimezone(rt.zone).time().replace(microsecond=0))


def _utc_text(value: datetime) -> str:
    """The instant as JavaScript writes it, `2024-03-07T01:02:03.000Z`."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _to_text(value: Any, rt: Runtime) -> str:
    if isinstance(value, datetime):
        return _utc_text(value)  # the instant itself, in no zone: ToString is for people
    return Printer(Shapes(), rt.zone, rt.limits.length).text(value, t.ANY)


_CASTS: dict[str, Callable[[Any, Runtime], Any]] = {
    "Long": _to_long,
    "Decimal": _to_decimal,
    "String": _to_text,
    "Text": _to_text,
    "Email": _to_text,
    "Date": _to_date,
    "Time": _to_time,
    "DateTime": _to_instant,
}


def from_string(value: str | None, *, rt: Runtime, types: Types) -> Any:
    """The strict reading: any text of another form is a fault."""
    wanted = types[0] if types else t.STRING
    if value is None:
        raise illegal("FromString of null", "FromString 的参数为 null")
    read = _READERS.get(getattr(wanted, "name", ""))
    try:
        found = read(value, rt) if read else None
    except (ValueError, OverflowError, DecimalException) as error:
        raise _bad(value, wanted) from error
    if found is None:
        raise _bad(value, wanted)
    return found


def _read_long(text: str, rt: Runtime) -> int | None:
    return long(int(text)) if re.fullmatch(r"-?\d{1,30}", text, re.ASCII) and abs(int(text)) <= LONG_MAX else None


def _read_decimal(text: str, rt: Runtime) -> Decimal | None:
    return Decimal(text) if len(text) <= DIGITS and re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) else None


def _read_boolean(text: str, rt: Runtime) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _read_time(text: str, rt: Runtime) -> Time | None:
    return Time.parse(text) if re.fullmatch(r"\d{2}:\d{2}:\d{2}", text, re.ASCII) else None


_READERS: dict[str, Callable[[str, Runtime], Any]] = {
    "Long": _read_long,
    "Decimal": _read_decimal,
    "Boolean": _read_boolean,
    "Time": _read_time,
    "Date": _to_date,
    "DateTime": _to_instant,
    "String": lambda text, rt: text,
    "Text": lambda text, rt: text,
    "Email": lambda text, rt: text,
}


def to_string(value: Any, tz: str | None = None, *, rt: Runtime, types: Types, shapes: Shapes) -> str:
    printer = Printer(shapes, dates.zone_of(tz, rt), rt.limits.length)
    text = printer.text(value, types[0] if types else t.ANY)
    rt.spend(1 + len(text) // 20)
    return text


# --- enums


def _structure(item: Any, label: str, stored: t.Type, enum: t.Type) -> Struct:
    fields: tuple[tuple[str, t.Type], ...] = (("text", t.STRING), ("value", stored), ("item", enum))
    return Struct(t.Anonymous(fields), {"text": label, "value": item, "item": item})


def _stored(enum: t.Type) -> t.Type:
    return t.LONG if isinstance(enum, t.EnumType) and enum.of == "Long" else t.STRING


def enum_to_list(*, types: Types, shapes: Shapes) -> list[Struct]:
    items = shapes.enums.get(getattr(types[0], "name", ""), ())
    return [_structure(value, label, _stored(types[0]), types[0]) for _, value, label in items]


def enum_item_to_text(value: Any, *, types: Types, shapes: Shapes) -> str:
    return "" if value is None else label_of(shapes, getattr(types[0], "name", ""), value)


def enum_item_to_structure(value: Any, *, types: Types, shapes: Shapes) -> Struct:
    label = enum_item_to_text(value, types=types, shapes=shapes)
    return _structure(value, label, _stored(types[0]), types[0])


def to_enum_item(value: str | None, *, types: Types, shapes: Shapes) -> Any:
    items = shapes.enums.get(getattr(types[0], "name", ""), ())
    return None if value is None else next((v for _, v, _ in items if str(v) == str(value)), None)


# --- JSON


def json_serialize(value: Any, tz: str | None = None, *, rt: Runtime, shapes: Shapes) -> str:
    if isinstance(value, datetime):
        return f'"{dates.iso_text(value, dates.zone_of(tz, rt) if tz else UTC)}"'
    writer = _JsonWriter(rt)
    writer.write(value)
    return "".join(writer.parts)


class _JsonWriter:
    """JSON text as JavaScript writes it; numbers keep all their digits."""

    def __init__(self, rt: Runtime):
        self.rt, self.parts, self.size = rt, list[str](), 0

    def put(self, text: str) -> None:
        self.size += len(text)
        self.parts.append(text)
        self.rt.check_length(self.size)

    def write(self, value: Any, depth: int = 0) -> None:
        if depth > 200:
            raise illegal("the value is nested too deeply, or holds itself", "值嵌套过深或包含自身")
        self.rt.spend(3)
        if isinstance(value, list):
            self.row("[", "]", [("", item) for item in value], depth)
        elif isinstance(value, dict):
            self.row("{", "}", [(_quoted(_key(k)) + ":", v) for k, v in value.items()], depth)
        elif isinstance(value, Struct):
            self.row("{", "}", [(_quoted(k) + ":", v) for k, v in value.fields.items()], depth)
        else:
            self.put(_scalar(value))

    def row(self, opening: str, closing: str, entries: list[tuple[str, Any]], depth: int) -> None:
        self.put(opening)
        for i, (head, value) in enumerate(entries):
            self.put("," + head if i else head)
            self.write(value, depth + 1)
        self.put(closing)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return plain_decimal(value)
    if isinstance(value, datetime):
        return f'"{_utc_text(value)}"'
    return _quoted(value.isoformat() if isinstance(value, date) else str(value))


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    # Half a character cannot stand in JSON: it is written as an escape.
    return quoted if quoted.isascii() else _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", quoted)


def _key(key: Any) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return plain_decimal(key) if isinstance(key, int | Decimal) else str(key)


def json_deserialize(text: str | None, *, rt: Runtime, types: Types, shapes: Shapes) -> Any:
    """JSON text read as the type; text that is no JSON, or none of the type, gives null."""
    if text is None:
        return None
    rt.spend(1 + len(text) // 20)
    try:
        found = json.loads(text, parse_float=_bounded, parse_int=_bounded_int, parse_constant=_refused)
        return Reader(shapes, rt.zone, loose=True).read(found, types[0] if types else t.ANY)
    except (ValueError, WireError, RecursionError):
        return None


def _bounded(text: str) -> Decimal:
    return number_of(text)


def _bounded_int(text: str) -> int | Decimal:
    if len(text) > DIGITS:
        raise ValueError("a number with too many digits")
    number = int(text)
    return number if abs(number) <= LONG_MAX else Decimal(number)


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.Convert": convert,
    "nasl.util.ToString": to_string,
    "nasl.util.FromString": from_string,
    "nasl.util.EnumToList": enum_to_list,
    "nasl.util.EnumItemToText": enum_item_to_text,
    "nasl.util.EnumItemToStructure": enum_item_to_structure,
    "nasl.util.ToEnumItem": to_enum_item,
    "nasl.util.jsonSerialize": json_serialize,
    "nasl.util.jsonDeserialize": json_deserialize,
}

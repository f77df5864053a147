"""Functions over texts. Positions count UTF-16 units from 0."""

from collections.abc import Callable
from typing import Any

from naslforge.lang import types as t
from naslforge.run import texts
from naslforge.run.library.regex import compile_regex
from naslforge.run.values import Regex, Shapes
from naslforge.run.world import Runtime

WHITE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
    "\u3000\ufeff"
)


def split(text: str | None, separator: Any, trail: bool | None = None, *, rt: Runtime) -> list[str | None]:
    if text is None:
        return []
    rt.spend(1 + len(text) // 10)
    parts: list[str | None]
    if isinstance(separator, Regex):
        parts = compile_regex(separator).split(text, rt)
    elif separator is None:
        parts = [text]
    elif separator:
        parts = [*text.split(separator)]
    else:
        parts = list(texts.units(text))
    if parts and parts[-1] == "" and trail is not True:
        parts.pop()
    rt.check_length(len(parts))
    return parts


def join(
    items: list[Any] | None, separator: str | None, *, rt: Runtime, types: tuple[t.Type, ...], shapes: Shapes
) -> str:
    if items is None:
        return ""
    item = types[0] if types else t.ANY
    printer = texts.Printer(shapes, rt.zone, rt.limits.length)
    # The plain text of an item, as the runtime joins: an enum item by its stored value.
    parts = [_joined(printer, value, item) for value in items]
    separator = "," if separator is None else separator
    rt.check_length(sum(map(len, parts)) + len(separator) * max(len(parts) - 1, 0))
    rt.spend(1 + len(parts) + sum(map(len, parts)) // 100)
    return texts.whole(separator.join(parts))


def _joined(printer: texts.Printer, value: Any, type_: t.Type) -> str:
    if isinstance(type_, t.EnumType):
        return "" if value is None else str(value)
    return value if isinstance(value, str) else printer.text(value, type_)


def concat(*values: Any, rt: Runtime, shapes: Shapes) -> str:
    printer = texts.Printer(shapes, rt.zone, rt.limits.length)
    parts = [printer.text(value, t.ANY) for value in values]
    rt.check_length(sum(map(len, parts)))
    rt.spend(1 + sum(map(len, parts)) // 100)
    return texts.glue(parts)


def index_of(
    text: str | None, search: str | None, start: int | None = None, ignore_case: bool | None = None, *, rt: Runtime
) -> int:
    if text is None or search is None:
        return -1
    text, search = _searched(text, search, ignore_case, rt)
    start = min(max(start or 0, 0), len(text))
    return text.find(search, start) if search or start <= len(text) else -1


def last_index_of(text: str | None, search: str | None, ignore_case: bool | None = None, *, rt: Runtime) -> int:
    if text is None or search is None:
        return -1
    text, search = _searched(text, search, ignore_case, rt)
    return text.rfind(search)


def _searched(text: str, search: str, ignore_case: bool | None, rt: Runtime) -> tuple[str, str]:
    rt.spend(1 + (len(text) + len(search)) // 100)
    if ignore_case:
        text, search = text.lower(), search.lower()
    return texts.units(text), texts.units(search)


def replace(text: str | None, search: Any, replacement: str | None, *, rt: Runtime) -> str | None:
    if text is None or search is None:
        return text
    replacement = "" if replacement is None else replacement
    rt.spend(1 + len(text) // 20)
    if isinstance(search, Regex):
        return compile_regex(search).replace(text, replacement, rt)
    if search:
        found = text.count(search)
    else:
        text = texts.units(text)
        found = len(text) + 1
    rt.check_length(len(text) + found * (len(replacement) - len(search)))
    rt.spend(found // 10 + found * len(replacement) // 100)
    return texts.whole(text.replace(search, replacement))


def sub_string(text: str | None, start: int | None, count: int | None = None, *, rt: Runtime) -> str | None:
    if text is None:
        return None
    rt.spend(1 + len(text) // 100)
    start = max(start or 0, 0)
    row = texts.units(text)
    return texts.whole(row[start:] if count is None else row[start : start + max(count, 0)])


def to_lower(text: str | None, *, rt: Runtime) -> str | None:
    return None if text is None else _changed(text, text.lower(), rt)


def to_upper(text: str | None, *, rt: Runtime) -> str | None:
    return None if text is None else _changed(text, text.upper(), rt)


def trim(text: str | None, *, rt: Runtime) -> str | None:
    return None if text is None else _changed(text, text.strip(WHITE), rt)


def trim_start(text: str | None, *, rt: Runtime) -> str | None:
    return None if text is None else _changed(text, text.lstrip(WHITE), rt)


def trim_end(text: str | None, *, rt: Runtime) -> str | None:
    return None if text is None else _changed(text, text.rstrip(WHITE), rt)


def _changed(text: str, result: str, rt: Runtime) -> str:
    rt.spend(1 + len(text) // 100)
    rt.check_length(len(result))
    return result


def pad_start(text: str | None, target: int | None, fill: str | None = None, *, rt: Runtime) -> str | None:
    return None if text is None else texts.whole(_padding(text, target, fill, rt) + text)


def pad_end(text: str | None, target: int | None, fill: str | None = None, *, rt: Runtime) -> str | None:
    return None if text is None else texts.whole(text + _padding(text, target, fill, rt))


def _padding(text: str, target: int | None, fill: str | None, rt: Runtime) -> str:
    fill = " " if fill is None else texts.units(fill)
    missing = (target or 0) - texts.length(text)
    if missing <= 0 or not fill:
        return ""
    rt.check_length(target or 0)
    rt.spend(1 + missing // 100)
    return (fill * (missing // len(fill) + 1))[:missing]


def match_regex(text: str | None, regex: Any, *, rt: Runtime) -> list[str]:
    if text is None or not isinstance(regex, Regex):
        return []
    return compile_regex(regex).texts(text, rt)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.Split": split,
    "nasl.util.Join": join,
    "nasl.util.Concat": concat,
    "nasl.util.IndexOf": index_of,
    "nasl.util.LastIndexOf": last_index_of,
    "nasl.util.Replace": replace,
    "nasl.util.SubString": sub_string,
    "nasl.util.ToLower": to_lower,
    "nasl.util.ToUpper": to_upper,
    "nasl.util.Trim": trim,
    "nasl.util.TrimStart": trim_start,
    "nasl.util.TrimEnd": trim_end,
    "nasl.util.PadStart": pad_start,
    "nasl.util.PadEnd": pad_end,
    "nasl.util.MatchRegex": match_regex,
}

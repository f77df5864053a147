"""Functions over any object: copies, clearing, merging, the presence of values."""

from collections.abc import Callable
from typing import Any

from naslforge.lang import types as t
from naslforge.run.library.strings import WHITE
from naslforge.run.ops import length
from naslforge.run.texts import Printer
from naslforge.run.values import NaslError, Shapes, Struct
from naslforge.run.world import Runtime


def clone(value: Any, *, rt: Runtime) -> Any:
    """A deep copy that keeps shared parts shared."""
    return _copied(value, {}, rt)


def _copied(value: Any, done: dict[int, Any], rt: Runtime) -> Any:
    if not isinstance(value, list | dict | Struct):
        return value
    if id(value) in done:
        return done[id(value)]
    rt.spend(1 + len(value.fields if isinstance(value, Struct) else value))
    if isinstance(value, list):
        items: list[Any] = []
        done[id(value)] = items
        items += [_copied(item, done, rt) for item in value]
        return items
    fields: dict[Any, Any] = {}
    copy = Struct(value.type, fields) if isinstance(value, Struct) else fields
    done[id(value)] = copy
    for key, item in (value.fields if isinstance(value, Struct) else value).items():
        fields[key] = _copied(item, done, rt)
    return copy


def clear(value: Any, mode: str | None = None, *, rt: Runtime) -> Any:
    """Empty in place; `deep` keeps nested objects and clears their leaves."""
    if not isinstance(value, list | dict | Struct):
        return None
    if mode == "deep":
        _clear_leaves(value, set(), rt)
    elif isinstance(value, Struct):
        value.fields.update(dict.fromkeys(value.fields))
    else:
        value.clear()
    return value


def _clear_leaves(value: Any, seen: set[int], rt: Runtime) -> None:
    if id(value) in seen:
        return
    seen.add(id(value))
    inner = value.fields if isinstance(value, Struct) else value
    rt.spend(1 + len(inner))
    for key, item in list(enumerate(inner) if isinstance(inner, list) else inner.items()):
        if isinstance(item, list | dict | Struct):
            _clear_leaves(item, seen, rt)
        else:
            inner[key] = None


def clear_object(value: Any) -> Any:
    if not isinstance(value, list | dict | Struct):
        return None
    if isinstance(value, list):
        value.clear()
    else:
        inner = value.fields if isinstance(value, Struct) else value
        inner.update(dict.fromkeys(inner))
    return value


def merge(target: Any, source: Any, *, rt: Runtime) -> Any:
    inner = target.fields if isinstance(target, Struct) else target
    more = source.fields if isinstance(source, Struct) else source
    if target is None:
        raise NaslError("SystemNullPointerError", "Merge into null", "Merge 的目标为 null")
    if isinstance(inner, dict) and isinstance(more, dict):
        rt.spend(1 + len(more))
        inner.update(more)
        rt.check_length(len(inner))
    elif isinstance(inner, list) and isinstance(more, list):
        rt.spend(1 + len(more))
        inner[: len(more)] = more  # position by position
        rt.check_length(len(inner))
    return target


def has_value(*values: Any) -> bool:
    return all(map(_has_value, values))


def _has_value(value: Any) -> bool:
    if value is None:
        return False
    if isinstance(value, str):
        return value.strip(WHITE) != ""
    if isinstance(value, list | dict):
        return bool(value)
    if isinstance(value, Struct):
        return any(not _is_empty(item) for item in value.fields.values())
    return True


def _is_empty(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, list | dict) and not value)
        or (isinstance(value, Struct) and not value.fields)
    )


def new(*, types: tuple[t.Type, ...], shapes: Shapes) -> Any:
    """What a variable of the type starts with."""
    return shapes.start(types[0])


def new_list(items: list[Any] | None = None) -> list[Any]:
    return [] if items is None else items


def console_log(value: Any, *, rt: Runtime, shapes: Shapes) -> None:
    rt.log("LOG", Printer(shapes, rt.zone, rt.limits.length).text(value, t.ANY))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.Length": length,
    "nasl.util.Clone": clone,
    "nasl.util.Clear": clear,
    "nasl.util.ClearObject": clear_object,
    "nasl.util.Merge": merge,
    "nasl.util.HasValue": has_value,
    "nasl.util.New": new,
    "nasl.util.NewList": new_list,
    "nasl.util.consoleLog": console_log,
}

"""Functions over maps. They keep insertion order and the type of keys (D45)."""

from collections.abc import Callable
from typing import Any

from naslforge.run.world import Runtime

Entries = dict[Any, Any] | None
Function = Callable[..., Any]


def map_get(entries: Entries, key: Any) -> Any:
    return None if entries is None else entries.get(key)


def map_put(entries: Entries, key: Any, value: Any, *, rt: Runtime) -> None:
    if entries is not None:
        entries[key] = value
        rt.check_length(len(entries))


def map_remove(entries: Entries, key: Any) -> None:
    if entries is not None:
        entries.pop(key, None)


def map_contains(entries: Entries, key: Any) -> bool:
    return entries is not None and key in entries


def map_keys(entries: Entries, *, rt: Runtime) -> list[Any]:
    rt.spend(1 + len(entries or ()) // 10)
    return list(entries or ())


def map_values(entries: Entries, *, rt: Runtime) -> list[Any]:
    rt.spend(1 + len(entries or ()) // 10)
    return list((entries or {}).values())


def map_filter(entries: Entries, by: Function, *, rt: Runtime) -> dict[Any, Any] | None:
    if entries is None:
        return None
    rt.spend(1 + len(entries))
    return {key: value for key, value in list(entries.items()) if by(key, value)}


def map_transform(entries: Entries, to_key: Function, to_value: Function, *, rt: Runtime) -> dict[Any, Any] | None:
    if entries is None:
        return None
    rt.spend(1 + len(entries))
    return {to_key(key, value): to_value(key, value) for key, value in list(entries.items())}


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.MapGet": map_get,
    "nasl.util.MapPut": map_put,
    "nasl.util.MapRemove": map_remove,
    "nasl.util.MapContains": map_contains,
    "nasl.util.MapKeys": map_keys,
    "nasl.util.MapValues": map_values,
    "nasl.util.MapFilter": map_filter,
    "nasl.util.MapTransform": map_transform,
}

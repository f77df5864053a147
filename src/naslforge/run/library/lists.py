"""Functions over lists. Those that change their list do it in place; every other gives a new one."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import Any, NoReturn

from naslforge.lang import types as t
from naslforge.run import texts
from naslforge.run.ops import equal_deep, same
from naslforge.run.values import ROUGH as QUOTIENT
from naslforge.run.values import NaslError, Struct, illegal, long, plain_decimal
from naslforge.run.world import Runtime

Items = list[Any] | None
Function = Callable[..., Any]


def _outside(index: Any, size: int | None) -> NoReturn:
    where = "null" if size is None else f"of {size} items"
    raise NaslError(
        "SystemArrayIndexOutOfBoundsError",
        f"position {index} is outside the list {where}",
        f"位置 {index} 超出列表范围" if size is not None else "列表为 null",
    )


def get(items: Items, index: int | None) -> Any:
    if items is None or index is None or not 0 <= index < len(items):
        _outside(index, None if items is None else len(items))
    return items[index]


def set_item(items: Items, index: int | None, item: Any) -> list[Any]:
    if items is None or index is None or not 0 <= index < len(items):
        _outside(index, None if items is None else len(items))
    items[index] = item
    return items


def contains(items: Items, item: Any, *, rt: Runtime) -> bool:
    if items is None:
        return False
    return any(equal_deep(other, item, rt.spend) for other in items)


def add(items: Items, item: Any, *, rt: Runtime) -> None:
    if items is not None:
        items.append(item)
        rt.check_length(len(items))


def add_all(items: Items, more: Items, *, rt: Runtime) -> int | None:
    if items is None or more is None:
        return None
    rt.check_length(len(items) + len(more))
    rt.spend(1 + len(more) // 10)
    items.extend(more)
    return len(items)


def insert(items: Items, index: int | None, item: Any, *, rt: Runtime) -> None:
    if items is None or index is None or not 0 <= index <= len(items):
        _outside(index, None if items is None else len(items))
    rt.check_length(len(items) + 1)
    rt.spend(1 + len(items) // 1000)
    items.insert(index, item)


def remove(items: Items, item: Any, *, rt: Runtime) -> None:
    if items is None:
        return
    rt.spend(1 + len(items))
    for i, other in enumerate(items):
        if same(other, item):
            del items[i]
            return


def remove_at(items: Items, index: int | None, *, rt: Runtime) -> Any:
    if items is None or index is None or not 0 <= index < len(items):
        _outside(index, None if items is None else len(items))
    rt.spend(1 + len(items) // 1000)
    return items.pop(index)


def list_head(items: Items) -> Any:
    return items[0] if items else None


def list_last(items: Items) -> Any:
    return items[-1] if items else None


def list_flatten(items: Items, *, rt: Runtime) -> list[Any] | None:
    if items is None or not all(isinstance(inner, list) for inner in items):
        return None
    rt.check_length(sum(map(len, items)))
    rt.spend(1 + len(items) + sum(map(len, items)) // 10)
    return [item for inner in items for item in inner]


def list_transform(items: Items, by: Function, *, rt: Runtime) -> list[Any] | None:
    return None if items is None else [by(item) for item in _counted(items, rt)]


def list_filter(items: Items, by: Function, *, rt: Runtime) -> list[Any] | None:
    return None if items is None else [item for item in _counted(items, rt) if by(item)]


def list_find(items: Items, by: Function, *, rt: Runtime) -> Any:
    index = list_find_index(items, by, rt=rt)
    return None if items is None or index is None or index < 0 else items[index]


def list_find_index(items: Items, by: Function, *, rt: Runtime) -> int | None:
    if items is None:
        return None
    for i, item in enumerate(list(items)):
        rt.spend(1)
        if by(item):
            return i
    return -1


def _counted(items: list[Any], rt: Runtime) -> list[Any]:
    """The items as they are now, one step each."""
    rt.spend(1 + len(items))
    return list(items)


def list_to_map(items: Items, to_key: Function, to_value: Function, *, rt: Runtime) -> dict[Any, Any] | None:
    if items is None:
        return None
    result: dict[Any, Any] = {}
    for item in _counted(items, rt):
        key = to_key(item)
        if key not in result:
            result[key] = to_value(item)
    return result


def list_group_by(items: Items, by: Function, *, rt: Runtime) -> dict[Any, list[Any]] | None:
    if items is None:
        return None
    groups: dict[Any, list[Any]] = {}
    for item in _counted(items, rt):
        groups.setdefault(by(item), []).append(item)
    return groups


# --- numbers in lists


def _present(items: Items, rt: Runtime) -> list[Any]:
    rt.spend(1 + len(items or ()))
    return [item for item in items or () if item is not None]


def _number(value: Any) -> Any:
    return long(value) if isinstance(value, int) else value


def list_sum(items: Items, *, rt: Runtime) -> Any:
    found = _present(items, rt)
    return _number(sum(found[1:], found[0])) if found else None


def list_product(items: Items, *, rt: Runtime) -> Any:
    found = _present(items, rt)
    if not found:
        return None
    product = found[0]
    for value in found[1:]:
        product = _number(product * value)
    return product


def list_average(items: Items, *, rt: Runtime) -> Decimal | None:
    found = _present(items, rt)
    return QUOTIENT.divide(Decimal(sum(found[1:], found[0])), Decimal(len(found))) if found else None


def list_max(items: Items, *, rt: Runtime) -> Any:
    found = _present(items, rt)
    return max(found, key=_order(found)) if found else None


def list_min(items: Items, *, rt: Runtime) -> Any:
    found = _present(items, rt)
    return min(found, key=_order(found)) if found else None


def _order(values: list[Any]) -> Function | None:
    """What orders values of one type as the language does."""
    return texts.order_key if isinstance(values[0], str) else None


# --- order and repeats


def list_sort(items: Items, by: Function, *more: Any, rt: Runtime) -> list[Any] | None:
    if items is None:
        return None
    rt.spend(1 + len(items) * (1 + len(items).bit_length() // 4))
    if more and (more[0] is None or isinstance(more[0], bool)):  # the older form: one key and a direction
        key, asc = by, more[0] is True
        criteria: list[Function] = [lambda item: (key(item), asc)]
    else:
        criteria = [_criterion(function) for function in (by, *more)]
    keyed = [([criterion(item) for criterion in criteria], item) for item in list(items)]
    keyed.sort(key=cmp_to_key(_compare_keyed))
    items[:] = [item for _, item in keyed]
    return items


def _criterion(function: Function) -> Function:
    def key(item: Any) -> tuple[Any, bool]:
        found = function(item)
        fields = found.fields if isinstance(found, Struct) else found or {}
        return fields.get("by"), fields.get("asc") is True

    return key


def _compare_keyed(a: tuple[Any, Any], b: tuple[Any, Any]) -> int:
    return _compare(a[0], b[0])


def _compare(a: list[tuple[Any, bool]], b: list[tuple[Any, bool]]) -> int:
    for (x, asc), (y, _) in zip(a, b, strict=True):
        if x is None or y is None:
            if x is not y:
                return 1 if x is None else -1  # null keys last, whatever the direction
            continue
        less, more = _before(x, y), _before(y, x)
        if less or more:
            return -1 if less is asc else 1
    return 0


def _before(x: Any, y: Any) -> bool:
    if isinstance(x, str) and isinstance(y, str):
        return texts.before(x, y)
    try:
        return bool(x < y)
    except TypeError:
        return False  # keys that cannot be compared keep their order


def list_reverse(items: Items, *, rt: Runtime) -> list[Any] | None:
    if items is not None:
        rt.spend(1 + len(items) // 100)
        items.reverse()
    return items


def list_distinct(items: Items, *, rt: Runtime) -> list[Any] | None:
    if items is not None:
        rt.spend(1 + len(items))
        seen: set[Any] = set()
        items[:] = [item for item in items if (mark := _mark(item)) not in seen and not seen.add(mark)]  # type: ignore[func-returns-value]
    return items


def list_distinct_by(items: Items, by: list[Function], *, rt: Runtime) -> list[Any] | None:
    if not items:
        return items
    if by is None or None in by:
        raise illegal("ListDistinctBy needs functions, not null", "ListDistinctBy 的函数参数不能为 null")
    rt.spend(len(items) * len(by))
    seen: set[Any] = set()
    result = []
    for item in list(items):
        # As in the runtime, the texts of all keys are glued: 'ab', 'c' is the same combination as 'a', 'bc'.
        mark = "".join(_key_text(key(item)) for key in by)
        if mark not in seen:
            seen.add(mark)
            result.append(item)
    return result


def _mark(value: Any) -> Any:
    """Something that is equal exactly for the same values: objects by identity, true apart from 1."""
    if isinstance(value, list | dict | Struct):
        return id(value), None
    return (value,) if isinstance(value, bool) else value


def _key_text(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return plain_decimal(value)  # 1.50 is the same key as 1.5
    return value if isinstance(value, str) else str(_mark(value))


def list_slice(items: Items, start: int | None, end: int | None = None, *, rt: Runtime) -> list[Any]:
    if items is None:
        raise illegal("ListSlice of a null list", "ListSlice 的列表为 null")
    result = items[start or 0 : end]
    rt.spend(1 + len(result) // 10)
    return result


def list_range(start: Any, end: Any, step: Any, *, rt: Runtime) -> list[Any]:
    if not step or start is None or end is None:
        return []
    size = max(0, -((start - end) // step)) if (end - start) * step > 0 else 0
    rt.check_length(int(size) + 1)
    result: list[Any] = []
    while (start < end) if step > 0 else (start > end):
        rt.spend(1)
        rt.check_length(len(result))
        result.append(start)
        start = start + step
    return result


def list_repeat(item: Any, count: int | None, *, rt: Runtime) -> list[Any]:
    if count is None or count <= 0:
        return []
    rt.check_length(count)
    rt.spend(1 + count // 10)
    return [item] * count


# --- pages


def _page(items: Items, total: int | None, item: t.Type) -> Struct:
    fields: tuple[tuple[str, t.Type], ...] = (("list", t.ListOf(item)), ("total", t.LONG))
    return Struct(t.Anonymous(fields), {"list": items, "total": total})


def _item(types: tuple[t.Type, ...]) -> t.Type:
    return types[0] if types else t.ANY


def create_list_page(items: Items, total: int | None, *, types: tuple[t.Type, ...]) -> Struct:
    return _page(items, total, _item(types))


def slice_to_list_page(items: Items, page: int | None, size: int | None, *, types: tuple[t.Type, ...]) -> Struct:
    if items is None or not page:
        return _page([], 0, _item(types))
    return _page(_cut(items, page, size), len(items), _item(types))


def _cut(items: list[Any], page: int, size: int | None) -> list[Any]:
    """The items of a page; positions before the first count from the end, as in every slice."""
    start = (page - 1) * (size or 0)
    return items[start : start + (size or 0)]


def paginate(items: Items, page: int | None, size: int | None, *, rt: Runtime, types: tuple[t.Type, ...]) -> Struct:
    """PAGINATE of a list: a null page or size keeps all, page below 1 counts as 1 (D33)."""
    if items is None:
        return _page([], 0, _item(types))
    rt.spend(1 + len(items) // 100)
    if page is None or size is None:
        return _page(list(items), len(items), _item(types))
    if size < 1:
        raise illegal(f"PAGINATE with a page size of {size}", f"PAGINATE 的每页条数为 {size}")
    return _page(_cut(items, max(page, 1), size), len(items), _item(types))


def list_slice_to_page_of(
    items: Items, page: int | None, size: int | None, *, types: tuple[t.Type, ...]
) -> Struct | None:
    if items is None or not page:
        return None
    return create_page_of(_cut(items, page, size), page, size, len(items), types=types)


def create_page_of(
    items: Items, page: int | None, size: int | None, total: int | None, *, types: tuple[t.Type, ...]
) -> Struct:
    if items is None:
        raise illegal("CreatePageOf of a null list", "CreatePageOf 的列表为 null")
    pages = -(-(total or 0) // size) if size else 0
    return Struct(
        t.Structure("nasl.collection.PageOf", types[:1]),
        {
            "content": items,
            "number": page,
            "size": size,
            "numberOfElements": len(items),
            "totalPages": pages,
            "totalElements": total,
            "last": page == pages,
            "first": page == 1,
            "empty": not items,
        },
    )


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.util.Get": get,
    "nasl.util.Set": set_item,
    "nasl.util.Contains": contains,
    "nasl.util.Add": add,
    "nasl.util.AddAll": add_all,
    "nasl.util.Insert": insert,
    "nasl.util.Remove": remove,
    "nasl.util.RemoveAt": remove_at,
    "nasl.util.ListHead": list_head,
    "nasl.util.ListLast": list_last,
    "nasl.util.ListFlatten": list_flatten,
    "nasl.util.ListTransform": list_transform,
    "nasl.util.ListFilter": list_filter,
    "nasl.util.ListFindAll": list_filter,
    "nasl.util.ListFind": list_find,
    "nasl.util.ListFindIndex": list_find_index,
    "nasl.util.ListToMap": list_to_map,
    "nasl.util.ListGroupBy": list_group_by,
    "nasl.util.ListSum": list_sum,
    "nasl.util.ListProduct": list_product,
    "nasl.util.ListAverage": list_average,
    "nasl.util.ListMax": list_max,
    "nasl.util.ListMin": list_min,
    "nasl.util.ListSort": list_sort,
    "nasl.util.ListReverse": list_reverse,
    "nasl.util.ListDistinct": list_distinct,
    "nasl.util.ListDistinctBy": list_distinct_by,
    "nasl.util.ListSlice": list_slice,
    "nasl.util.ListRange": list_range,
    "nasl.util.ListRepeat": list_repeat,
    "nasl.util.CreateListPage": create_list_page,
    "nasl.util.SliceToListPage": slice_to_list_page,
    "nasl.util.ListSliceToPageOf": list_slice_to_page_of,
    "nasl.util.CreatePageOf": create_page_of,
    "PAGINATE": paginate,
}

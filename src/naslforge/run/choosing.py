"""What a component offers to choose from, and which of its rows a value stands for."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from naslforge.run import ops
from naslforge.run.seen import Instance, Scope, label, texts_of
from naslforge.run.values import Struct
from naslforge.run.widgets import CHOICES, ITEMS, by_field, record

if TYPE_CHECKING:
    from naslforge.run.page import Page

_SEPARATORS = {"join": ",", "join:|": "|", "join:;": ";"}


def by_value(page: "Page", instance: Instance, row: Any) -> Any:
    """What choosing a row gives: its `valueField`, else its `value`, else the row itself."""
    field = page.value(instance, "valueField")
    if field:
        return by_field(field, row)
    return row.fields["value"] if isinstance(row, Struct) and "value" in row.fields else row


def rows_of(page: "Page", instance: Instance) -> list[Any]:
    """All rows of a component's data, those below others too."""
    if "dataSource" in instance.plan.values and not instance.loaded:
        page.load(instance)
    return list(_with_children(page, instance, instance.state.get("data") or []))


def _with_children(page: "Page", instance: Instance, rows: Sequence[Any]) -> Iterator[Any]:
    below = page.value(instance, "childrenField") or "children"
    for row in rows:
        page.browser.rt.spend(1)
        yield row
        inner = by_field(below, row)
        if isinstance(inner, list):
            yield from _with_children(page, instance, inner)


def chosen_rows(page: "Page", instance: Instance, value: Any) -> Any:
    """The row of a value, or the rows of several; None where there is none."""
    if "dataSource" not in instance.plan.values:
        return None
    rows = rows_of(page, instance)
    wanted = parts_of(page, instance, value)
    found = [row for one in wanted for row in rows if ops.same(by_value(page, instance, row), one)]
    return found if isinstance(value, list) else found[0] if found else None


def parts_of(page: "Page", instance: Instance, value: Any) -> list[Any]:
    """The single values in what several choices give: a list, or a text that joins them."""
    separator = _SEPARATORS.get(page.value(instance, "converter") or "")
    if separator and isinstance(value, str):
        return [part for part in value.split(separator) if part]
    return value if isinstance(value, list) else [] if value is None else [value]


def not_offered(page: "Page", instance: Instance, value: Any) -> Any | None:
    """The first of the values that nobody could choose here, None where all can be or what is offered is unknown."""
    offered = _offered(page, instance)
    if offered is None:
        return None
    wanted = parts_of(page, instance, value)
    return next((one for one in wanted if not any(ops.same(one, other) for other, _ in offered)), None)


def by_text(page: "Page", instance: Instance, text: Any) -> tuple[Any] | None:
    """The value of the only choice that shows this text and is not such a value itself; None where there is none."""
    offered = _offered(page, instance) if isinstance(text, str) else None
    if not offered or any(value == text for value, _ in offered):
        return None
    found = [value for value, texts in offered if text in texts]
    return (found[0],) if len(found) == 1 else None


def _offered(page: "Page", instance: Instance) -> list[tuple[Any, list[str]]] | None:
    """What can be chosen: values and the texts that show them; None where that is unknown."""
    if instance.plan.tag not in CHOICES:
        return None
    if "dataSource" in instance.plan.values:
        rows = rows_of(page, instance)
        if instance.state.get("served") and (instance.state.get("total") or 0) > len(instance.state["data"]):
            return None  # more can be scrolled to
        return [(by_value(page, instance, row), [label(page, instance, row)]) for row in rows]
    tag, name = ITEMS.get(instance.plan.tag, ("", ""))
    items = [plan for plan in instance.plan.walk() if plan.tag == tag]
    if not items or any(name not in plan.values for plan in items):
        return None
    scope = Scope(instance.scope)
    parts = [page.instance(plan, scope) for plan in items]
    free = [part for part in parts if page.is_there(part) and not page.value(part, "disabled")]
    return [(page.value(part, name), texts_of(page, part.plan, scope)) for part in free]


def move_rows(page: "Page", instance: Instance, target: list[Any]) -> None:
    """A transfer list with exactly these values on its right side; the rest is on the left."""
    source = list(page.value(instance, "source") or ())
    rows = [*source, *(page.value(instance, "target") or ())]
    right = [row for one in target for row in rows if ops.same(by_value(page, instance, row), one)]
    left = [row for row in rows if not any(row is other for other in right)]
    moved = [row for row in (*right, *left) if any(row is other for other in source) == any(row is o for o in right)]
    page.store(instance, "source", left)
    page.store(instance, "target", right)
    values = [by_value(page, instance, row) for row in moved]
    told = record(source=left, target=right, transfer=moved, transferValues=values)
    page.fire(instance, "onTransfer", told)
    page.fire(instance, "onChange", told)

"""What a user sees of a page just now, row by row where a component repeats its slot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from naslforge.run.plans import ElementPlan
from naslforge.run.values import Struct
from naslforge.run.widgets import (
    CHOICES,
    FOLDED,
    HIDDEN_WHEN_CLOSED,
    ONE_SHOWN,
    OPENED,
    READ,
    SHOW_VALUE,
    by_field,
    member,
    record,
)

if TYPE_CHECKING:
    from naslforge.run.page import Page

COLUMNS = ("UTableViewColumn", "UTableViewColumnGroup", "UTableViewColumnDynamic", "UTableViewExpander")


class Scope(dict[str, Any]):
    """What the slots around a place are given; `path` tells rows apart."""

    path: tuple[tuple[str, int], ...] = ()

    def inside(self, key: str, index: int, value: Any) -> "Scope":
        found = Scope(self)
        found[key] = value
        found.path = (*self.path, (key, index))
        return found


@dataclass(slots=True, eq=False)
class Instance:
    """One element as it is on the page just now; `state` is what was set by users, methods and loading."""

    plan: ElementPlan
    scope: Scope
    state: dict[str, Any] = field(default_factory=dict)
    loaded: bool = False


@dataclass(slots=True)
class Shown:
    """What a user sees of an element: its own texts and what is inside it."""

    instance: Instance
    texts: list[str] = field(default_factory=list)
    inside: "list[Shown]" = field(default_factory=list)

    def walk(self) -> "Iterator[Shown]":
        yield self
        for inner in self.inside:
            yield from inner.walk()


def shown(page: "Page") -> Shown | None:
    """The page as it is seen now; data that is first seen is loaded on the way."""
    return _shown(page, page.plan.root, Scope()) if page.plan.root is not None else None


def _shown(page: "Page", plan: ElementPlan, scope: Scope) -> Shown | None:
    rt = page.browser.rt
    rt.spend(1)
    instance = page.instance(plan, scope)
    if not page.is_there(instance) or _is_guarded(page, instance):
        return None
    if plan.tag in HIDDEN_WHEN_CLOSED and not page.value(instance, OPENED[plan.tag]):
        return None
    show = plan.values.get("_show")
    if show is not None and not page.evaluate(show, scope):
        return None
    if "dataSource" in plan.values and not instance.loaded and page.value(instance, "initialLoad") is not False:
        page.load(instance)
    seen = Shown(instance, _own_texts(page, instance))
    if plan.tag == "UTableView":
        _table(page, seen, plan, scope)
    elif plan.tag in FOLDED and not _unfolded(page, instance):
        _slots(page, seen, plan, scope, leave_out="default")
    elif plan.tag in ONE_SHOWN and "dataSource" not in plan.values:
        _one_of(page, seen, plan, scope)
    else:
        _slots(page, seen, plan, scope)
    return seen


def _is_guarded(page: "Page", instance: Instance) -> bool:
    guard = instance.plan.values.get("_auth")
    if guard is None:
        return False
    user = page.browser.rt.user or {}
    return page.evaluate(guard, instance.scope) not in (user.get("resources") or ())


def _own_texts(page: "Page", instance: Instance) -> list[str]:
    plan, texts = instance.plan, []
    for name in READ:
        value = page.value(instance, name) if name in plan.values else None
        if value not in (None, "") and name != "message":
            texts.append(page.browser.text(value, plan.values[name].type))
    if plan.tag in SHOW_VALUE and plan.values.get("value") is not None:
        value = page.value(instance, "value")
        if value not in (None, ""):
            texts.append(page.browser.text(value, plan.values["value"].type))
    if instance.state.get("broken"):
        texts.append(instance.state["broken"])
    return texts


def _add(page: "Page", seen: Shown, content: Sequence[ElementPlan], scope: Scope) -> None:
    for inner in content:
        found = _shown(page, inner, scope)
        if found is not None:
            seen.inside.append(found)


def _unfolded(page: "Page", instance: Instance) -> bool:
    name, usual = FOLDED[instance.plan.tag]
    if name not in instance.plan.values and name not in instance.state:
        return usual
    return bool(page.value(instance, name))


def _one_of(page: "Page", seen: Shown, plan: ElementPlan, scope: Scope) -> None:
    """Tabs: all titles, and the content of the chosen one, the first where none is chosen."""
    chosen, first = page.value(seen.instance, "value"), True
    for name, slot in plan.slots.items():
        for inner in slot.content:
            part = page.instance(inner, scope)
            if inner.tag != ONE_SHOWN[plan.tag] or name != "default":
                _add(page, seen, (inner,), scope)
            elif page.is_there(part):
                open_ = page.value(part, "value") == chosen if chosen is not None else first
                shown_part = Shown(part, _own_texts(page, part))
                _slots(page, shown_part, inner, scope, leave_out="" if open_ else "default")
                seen.inside.append(shown_part)
                first = False


def _slots(page: "Page", seen: Shown, plan: ElementPlan, scope: Scope, leave_out: str = "") -> None:
    """Slots that are given data are shown for every row, others once."""
    rows = page.rows(seen.instance)
    repeated = False
    for name, slot in plan.slots.items():
        if name == leave_out:
            continue
        if not slot.data or "dataSource" not in plan.values:
            _add(page, seen, slot.content, scope)
            continue
        repeated = True
        for i, row in enumerate(rows):
            _add(page, seen, slot.content, scope.inside(slot.data, i, record(item=row, index=i, rowIndex=i)))
    if rows and not repeated and plan.tag in CHOICES:
        seen.texts += [label(page, seen.instance, row) for row in rows]


def label(page: "Page", instance: Instance, row: Any) -> str:
    """The text that a component shows for a row: its `textField`, else its `text`, else the row itself."""
    given = page.value(instance, "textField")
    found = by_field(given, row) if given else row
    if found is row and isinstance(row, Struct):
        found = member(row, "text")
    return page.browser.text(found)


def _table(page: "Page", seen: Shown, plan: ElementPlan, scope: Scope) -> None:
    columns = list(_columns(page, plan, scope))
    for column in columns:
        title = column.slots.get("title")
        if title is not None:
            _add(page, seen, title.content, scope)
    for i, row in enumerate(page.rows(seen.instance)):
        for j, column in enumerate(columns):
            _cell(page, seen, column, scope, i, j, row)
    if not page.rows(seen.instance) and "empty" in plan.slots:
        _add(page, seen, plan.slots["empty"].content, scope)


def _columns(page: "Page", plan: ElementPlan, scope: Scope) -> Iterator[ElementPlan]:
    for slot in plan.slots.values():
        for inner in slot.content:
            if inner.tag in COLUMNS and page.is_there(page.instance(inner, scope)):
                yield inner
                yield from _columns(page, inner, scope)


def _cell(page: "Page", seen: Shown, column: ElementPlan, scope: Scope, i: int, j: int, row: Any) -> None:
    instance = page.instance(column, scope)
    if page.value(instance, "hidden"):
        return
    value = by_field(page.value(instance, "field"), row) if "field" in column.values else None
    current = record(item=row, index=i, rowIndex=i, columnIndex=j, value=value)
    slot = column.slots.get("cell")
    if slot is not None:
        _add(page, seen, slot.content, scope.inside(slot.data, i, current) if slot.data else scope)
    elif value is not None:
        seen.texts.append(page.browser.text(value))
    elif page.value(instance, "type") == "index":
        seen.texts.append(str(i + 1))


def texts_of(page: "Page", plan: ElementPlan, scope: Scope) -> list[str]:
    """Every text that can be read of one element and what is inside it."""
    top = _shown(page, plan, scope)
    return [text for part in top.walk() for text in part.texts] if top is not None else []


def texts(page: "Page") -> list[str]:
    """Every text that can be read, from top to bottom."""
    return texts_of(page, page.plan.root, Scope()) if page.plan.root is not None else []

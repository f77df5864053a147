"""What a user can do on a page: find an element, type into it, choose, click. UserFault is for what nobody could."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from naslforge.lang import types as t
from naslforge.lang.components import components
from naslforge.run.choosing import by_text, chosen_rows, move_rows, not_offered
from naslforge.run.seen import Instance, Scope, shown
from naslforge.run.values import Struct
from naslforge.run.widgets import MAIN, OPENED, TYPED, events_of_value, member, record
from naslforge.run.wire import Reader, WireError

if TYPE_CHECKING:
    from naslforge.run.page import Page

_STEP_REF = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<row>\d+)\])?\Z")


class UserFault(Exception):
    """Something that a user cannot do: the element is not there, not to be seen, or disabled."""


def seek(page: "Page", ref: str) -> Instance:
    """The element of a step: `save`, `remove[2]` for the third row, or `text=Save`. Raises UserFault."""
    top = shown(page)
    everything = list(top.walk()) if top is not None else []
    if ref.startswith("text="):
        fits = [s for s in everything if ref[5:] in s.texts]
        row = 0
    else:
        named = _STEP_REF.match(ref)
        if named is None:
            raise UserFault(f"{ref!r} names no element")
        fits = [s for s in everything if s.instance.plan.ref == named["name"]]
        row = int(named["row"] or 0)
    if row >= len(fits):
        known = any(e.ref == ref.partition("[")[0] for e in page.elements.values())
        raise UserFault(f"the element {ref!r} {'cannot be seen now' if known else 'is not on the page'}")
    return fits[row].instance


def set_value(page: "Page", ref: str, value: Any) -> None:
    """A user types into or chooses in a component; `value` is JSON, of a choice the text that shows it too.

    `period.startDate` names another property than the main one.
    """
    ref, _, named = ref.partition(".") if not ref.startswith("text=") else (ref, "", "")
    instance = seek(page, ref)
    _must_be_free(page, instance, ref)
    plan = instance.plan
    name = named or MAIN.get(plan.tag, "value")
    given = plan.values.get(name)
    wanted = given.type if given is not None and given.store and plan.tag != "UTransfer" else t.ANY
    if name == "value" and (named_by := by_text(page, instance, value)):
        new = named_by[0]
    else:
        try:
            new = Reader(page.browser.shapes, page.browser.rt.zone).read(value, wanted)
        except WireError as error:
            raise UserFault(f"the element {ref!r} does not take {value!r}") from error
    if plan.tag == "UTransfer":
        move_rows(page, instance, list(new or ()))
        return
    old = page.value(instance, name)
    if new == "" and page.value(instance, "emptyValueIsNull"):
        new = None
    _must_be_possible(page, instance, ref, name, new)
    page.store(instance, name, new)
    item = chosen_rows(page, instance, new) if name in ("value", "values") else None
    for event, argument in events_of_value(plan.tag, name, new, old, item):
        page.fire(instance, event, argument)


def _must_be_possible(page: "Page", instance: Instance, ref: str, name: str, value: Any) -> None:
    """Raises UserFault for what the component does not offer or lets nobody type."""
    if name in ("value", "values") and (wrong := not_offered(page, instance, value)) is not None:
        raise UserFault(f"the element {ref!r} does not offer {wrong!r}")
    longest = page.value(instance, "maxlength") if instance.plan.tag in TYPED else None
    if longest is not None and isinstance(value, str) and len(value) > longest:
        raise UserFault(f"the element {ref!r} takes no more than {longest} characters")


def _must_be_free(page: "Page", instance: Instance, ref: str) -> None:
    for name in ("disabled", "readonly", "preview"):
        if instance.plan.tag in components() and page.value(instance, name) is True:
            raise UserFault(f"the element {ref!r} is {name}")


def act(page: "Page", ref: str, event: str, args: Sequence[Any]) -> None:
    """An event on an element as a user causes it; what JSON `args` say is laid over the usual record.

    `$page` is the page itself, whose events are those of its life cycle (`onKeydown`).
    """
    name = event if event.startswith("on") else "on" + "".join(p[:1].upper() + p[1:] for p in event.split("-"))
    if ref == "$page":
        page.run(name, _told(page, args[0], t.ANY) if args else record())
        return
    instance = seek(page, ref)
    known = components().get(instance.plan.tag)
    type_ = known.events.get(name, t.ANY) if known is not None else t.ANY
    given = _told(page, args[0], type_) if args else record()
    if page.value(instance, "disabled") is True:
        raise UserFault(f"the element {ref!r} is disabled")
    given = _own_behaviour(page, instance, name, given)
    if name not in instance.plan.handlers and name == "onClick" and _follow(page, instance):
        return
    if name not in instance.plan.handlers and known is not None and name not in known.events:
        raise UserFault(f"{instance.plan.tag} has no event {name}")
    page.fire(instance, name, given)
    if name == "onPage":
        page.paged(instance)


def _told(page: "Page", value: Any, type_: t.Type) -> Any:
    """JSON of a test as what a handler is given: records all the way down, dates where the event declares dates."""
    if isinstance(value, dict):
        types = dict(type_.fields) if isinstance(type_, t.Anonymous) else {}
        return record(**{key: _told(page, inner, types.get(key, t.ANY)) for key, inner in value.items()})
    if isinstance(value, list):
        item = type_.item if isinstance(type_, t.ListOf) else t.ANY
        return [_told(page, inner, item) for inner in value]
    reader = Reader(page.browser.shapes, page.browser.rt.zone)
    try:
        return reader.read(value, type_ if isinstance(type_, t.Primitive) else t.ANY)
    except WireError:
        return reader.read(value, t.ANY)


def _own_behaviour(page: "Page", instance: Instance, name: str, given: Any) -> Any:
    """What the component does by itself; gives what its handlers are told."""
    state = instance.state
    told = isinstance(given, Struct)
    if name == "onSort" and told:
        _must_be_sortable(page, instance, member(given, "field"))
        state["sort"], state["order"] = member(given, "field"), member(given, "order")
        page.load(instance)
    elif name == "onPage" and told:
        state["page"] = member(given, "number") or member(given, "page") or 1
        state["size"] = member(given, "size") or state.get("size")
        page.load(instance)
    elif name == "onClose" and instance.plan.tag in OPENED:
        page.store(instance, OPENED[instance.plan.tag], False)
    elif name in ("onClickRow", "onDblclickRow") and told and member(given, "item") is None:
        at, rows = member(given, "index"), page.rows(instance)
        at = member(given, "rowIndex") if at is None else at
        if not isinstance(at, int) or not 0 <= at < len(rows):
            raise UserFault(f"{name} needs the index of a row that is shown, 0 to {len(rows) - 1}")
        return record(item=rows[at], index=at, rowIndex=at)
    return given


def _must_be_sortable(page: "Page", instance: Instance, path: Any) -> None:
    """Raises UserFault where no header of the table sorts by this field."""
    columns = [plan for plan in instance.plan.walk() if plan.tag == "UTableViewColumn"]
    heads = [page.instance(plan, instance.scope) for plan in columns]
    if columns and not any(page.value(h, "field") == path and page.value(h, "sortable") is True for h in heads):
        raise UserFault(f"the table has no sortable column of the field {path!r}")


def _follow(page: "Page", instance: Instance) -> bool:
    """Go where `hrefAndTo` leads."""
    link = instance.plan.values.get("hrefAndTo")
    if link is None:
        return False
    page.evaluate(link, instance.scope)
    return True


def call_logic(page: "Page", name: str, args: Sequence[Any]) -> Any:
    """A page logic called by a test. Raises UserFault for an unknown one."""
    handler = page.plan.logics.get(name)
    if handler is None:
        raise UserFault(f"the page has no logic {name!r}")
    reader = Reader(page.browser.shapes, page.browser.rt.zone)
    values = [reader.read(arg, page.plan.types.get(f"{name}({i})", t.ANY)) for i, arg in enumerate(args)]
    page.browser.rt.spend(1)
    function: Callable[..., Any] = page.browser.names[handler.function]
    return function(page, Scope(), *values)

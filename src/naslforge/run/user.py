"""What a user can do on a page: find an element, type into it, choose, click. UserFault is for what nobody could."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from naslforge.lang import types as t
from naslforge.lang.components import components
from naslforge.run.seen import Instance, Scope, shown
from naslforge.run.values import Struct
from naslforge.run.widgets import OPENED, by_field, events_of_value, member, record
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
    """A user types into or chooses in a component; `value` is JSON."""
    instance = seek(page, ref)
    _must_be_free(page, instance, ref)
    plan = instance.plan
    given = plan.values.get("value")
    wanted = given.type if given is not None and given.store else t.ANY
    try:
        new = Reader(page.browser.shapes, page.browser.rt.zone).read(value, wanted)
    except WireError as error:
        raise UserFault(f"the element {ref!r} does not take {value!r}") from error
    old = page.value(instance, "value")
    if new == "" and page.value(instance, "emptyValueIsNull"):
        new = None
    page.store(instance, "value", new)
    item = _item(page, instance, new)
    for event, argument in events_of_value(plan.tag, new, old, item):
        page.fire(instance, event, argument)


def _item(page: "Page", instance: Instance, value: Any) -> Any:
    """The row that a value chooses."""
    field_ = page.value(instance, "valueField") if "dataSource" in instance.plan.values else None
    for row in instance.state.get("data") or ():
        if (by_field(field_, row) if field_ else row) == value:
            return row
    return None


def _must_be_free(page: "Page", instance: Instance, ref: str) -> None:
    for name in ("disabled", "readonly", "preview"):
        if instance.plan.tag in components() and page.value(instance, name) is True:
            raise UserFault(f"the element {ref!r} is {name}")


def act(page: "Page", ref: str, event: str, args: Sequence[Any]) -> None:
    """An event on an element as a user causes it; what JSON `args` say is laid over the usual record."""
    instance = seek(page, ref)
    if page.value(instance, "disabled") is True:
        raise UserFault(f"the element {ref!r} is disabled")
    name = event if event.startswith("on") else "on" + "".join(p[:1].upper() + p[1:] for p in event.split("-"))
    given = Reader(page.browser.shapes, page.browser.rt.zone).read(args[0], t.ANY) if args else record()
    _own_behaviour(page, instance, name, given)
    if name not in instance.plan.handlers and name == "onClick" and _follow(page, instance):
        return
    known = components().get(instance.plan.tag)
    if name not in instance.plan.handlers and known is not None and name not in known.events:
        raise UserFault(f"{instance.plan.tag} has no event {name}")
    page.fire(instance, name, given)


def _own_behaviour(page: "Page", instance: Instance, name: str, given: Any) -> None:
    """What the component does by itpage."""
    state = instance.state
    if name == "onSort" and isinstance(given, Struct | dict):
        state["sort"], state["order"] = member(given, "field"), member(given, "order")
        page.load(instance)
    elif name == "onPage" and isinstance(given, Struct | dict):
        state["page"] = member(given, "number") or member(given, "page") or 1
        state["size"] = member(given, "size") or state.get("size")
        page.load(instance)
    elif name == "onClose" and instance.plan.tag in OPENED:
        page.store(instance, OPENED[instance.plan.tag], False)


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

"""How the components behave that do more than show their slots: what is opened, chosen, listed, typed into."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from naslforge.lang.components import components
from naslforge.lang.types import Anonymous
from naslforge.run.values import Struct

# Opened and closed by a property and by methods.
OPENED = {"UModal": "visible", "UDrawer": "visible", "USelect": "opened", "UToastSingle": "visible"}
HIDDEN_WHEN_CLOSED = ("UModal", "UDrawer", "UToastSingle")
# Choose among items; what is chosen is told by these events, in this order.
CHOICES = {
    "USelect": ("onSelect", "onChange"), "URadios": ("onSelect", "onChange"), "UCheckboxes": ("onCheck", "onChange"),
    "UListView": ("onSelect", "onChange"), "UGridView": ("onSelect",), "UTreeSelectNew": ("onSelect", "onChange"),
    "UTreeViewNew": ("onSelect",), "UTabs": ("onSelect",), "UNavbar": ("onSelect",), "USidebar": ("onSelect",),
    "UDropdown": ("onSelect",),
}  # fmt: skip
TYPED = ("UInput", "UTextarea")
SWITCHED = ("USwitch", "UCheckbox")
PICKERS = {"UDatePicker": "date", "UDateTimePicker": "date", "UTimePicker": "time"}
# Texts that a user reads on a component, by property.
READ = ("title", "text", "label", "message", "description")
# Components whose own value can be read.
SHOW_VALUE = (*TYPED, *PICKERS, "UNumberInput")


def default_of(tag: str, name: str) -> Any:
    """What a property is where the page says nothing."""
    component = components().get(tag)
    found = component.properties.get(name) if component else None
    text = found.default if found is not None else None
    if text is None:
        return None
    if text in ("true", "false"):
        return text == "true"
    if text[:1] in "'\"":
        return text[1:-1]
    try:
        return Decimal(text) if "." in text else int(text)
    except (ValueError, ArithmeticError):
        return None


def record(**fields: Any) -> Struct:
    """What a handler is given; a field that is not there reads as null."""
    return Struct(Anonymous(()), fields)


def events_of_value(tag: str, new: Any, old: Any, item: Any) -> list[tuple[str, Any]]:
    """The events, in order, of a user giving a component the value `new`; `item` is the row that was chosen."""
    change = {"value": new, "oldValue": old}
    if tag in TYPED:
        return [("onInput", new), ("onChange", record(**change))]
    if tag == "UNumberInput":
        return [("onChange", record(**change, formattedValue=None, valid=True))]
    if tag in SWITCHED:
        turned = ("onOn", "onOff")[not new]
        return [(turned, record(**change)), ("onToggle", record(**change)), ("onChange", record(**change))]
    if tag in PICKERS:
        part = {PICKERS[tag]: new}
        return [("onSelect", record(**change, **part)), ("onChange", record(**change, **part))]
    if tag == "UPagination":
        turned_to = record(page=new, oldPage=old, **change)
        return [("onSelect", turned_to), ("onChange", turned_to)]
    values = new if isinstance(new, list) else [new]
    chosen = record(**change, values=values, item=item, selected=True, items=[item] if item is not None else [])
    return [(event, chosen) for event in CHOICES.get(tag, ("onChange",))]


def member(value: Any, path: str) -> Any:
    """A property of a row by its path, `order.orderNo`; null where anything on the way is."""
    for name in path.split("."):
        value = value.fields.get(name) if isinstance(value, Struct) else value.get(name) if _is_map(value) else None
    return value


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)


def by_field(given: Any, row: Any) -> Any:
    """A field property applied to a row: a path in text, or a function of the row."""
    if isinstance(given, Callable):  # type: ignore[arg-type]
        return given(row)
    return member(row, given) if isinstance(given, str) and given else None

"""How the components behave that do more than show their slots: what is opened, chosen, listed, typed into."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from naslforge.lang.components import components
from naslforge.lang.types import Anonymous
from naslforge.run.values import Struct

# Opened and closed by a property and by methods.
OPENED = {
    "UModal": "visible", "UDrawer": "visible", "USelect": "opened", "UToastSingle": "visible",
    "UPopupCombination": "opened", "UCascader": "opened", "UDropdown": "opened", "UDatePicker": "opened",
}  # fmt: skip
HIDDEN_WHEN_CLOSED = ("UModal", "UDrawer", "UToastSingle")
# What a user changes in a component, where it is not `value`.
MAIN = {
    "UPagination": "page", "UTransfer": "target", "UCollapseItem": "expanded", "UFormGroup": "expanded",
    "UTreeViewNodeNew": "checked",
}  # fmt: skip
# Content that shows only when unfolded: the property, and what it is where the page says nothing.
FOLDED = {"UCollapseItem": ("expanded", False), "UFormGroup": ("expanded", True)}
# Of these inside, only the one chosen shows its content; the title of each shows always.
ONE_SHOWN = {"UTabs": "UTab", "UCarousel": "UCarouselItem"}
# The items that a page may write inside, and the property that is the value of one.
ITEMS = {
    "USelect": ("USelectItem", "value"), "URadios": ("URadio", "label"), "UCheckboxes": ("UCheckbox", "label"),
    "UCapsules": ("UCapsule", "value"), "UTabs": ("UTab", "value"), "UNavbar": ("UNavbarItem", "value"),
    "USidebar": ("USidebarItem", "value"), "UTreeViewNew": ("UTreeViewNodeNew", "value"),
    "UCarousel": ("UCarouselItem", "value"),
}  # fmt: skip
# Choose among items; what is chosen is told by these events, in this order.
CHOICES = {
    "USelect": ("onSelect", "onChange"), "URadios": ("onSelect", "onChange"), "UCheckboxes": ("onCheck", "onChange"),
    "UListView": ("onSelect", "onChange"), "UGridView": ("onSelect",), "UTreeSelectNew": ("onSelect", "onChange"),
    "UTreeViewNew": ("onSelect",), "UTabs": ("onSelect",), "UNavbar": ("onSelect",), "USidebar": ("onSelect",),
    "UDropdown": ("onSelect",), "UTableView": ("onSelect", "onChange"), "UCascader": ("onSelect",),
    "URegionSelect": ("onSelect",), "UCapsules": ("onSelect", "onChange"), "UCarousel": ("onSelect",),
    "USelectableSteps": ("onSelect", "onChange"), "UCalendarView": ("onSelect", "onChange"),
}  # fmt: skip
# The same for a property that is not the main one.
CHANGES = {
    ("UTableView", "values"): ("onCheck", "onChange"), ("UPagination", "pageSize"): ("onChangePageSize",),
    ("UTreeViewNodeNew", "expanded"): ("onToggle",),
}  # fmt: skip
UNFOLDED = {"UCollapseItem": ("onCollapse", "onExpand"), "UFormGroup": ("onToggle", "onToggle")}
PERIODS = ("startDate", "endDate", "startTime", "endTime")
TYPED = ("UInput", "UTextarea")
SWITCHED = ("USwitch", "UCheckbox")
PICKERS = {"UDatePicker": "date", "UDateTimePicker": "date", "UTimePicker": "time"}
# Texts that a user reads on a component, by property.
READ = ("title", "text", "label", "message", "description", "content", "desc", "okButton", "cancelButton")
# Components whose own value can be read.
SHOW_VALUE = (*TYPED, *PICKERS, "UNumberInput", "UComboSlider", "URate", "URegionSelect")


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


def events_of_value(tag: str, name: str, new: Any, old: Any, item: Any) -> list[tuple[str, Any]]:
    """The events, in order, of a user giving property `name` the value `new`; `item` is the row that was chosen."""
    change = {"value": new, "oldValue": old}
    if name in PERIODS:
        return [(event, record(**change, **{name: new})) for event in ("onSelect", "onChange")]
    if (tag, name) in CHANGES:
        told = record(**change, values=new, pageSize=new, oldPageSize=old, expanded=new, items=item)
        return [(event, told) for event in CHANGES[tag, name]]
    if tag in TYPED:
        return [("onInput", new), ("onChange", record(**change))]
    if tag in ("UNumberInput", "UComboSlider", "URate"):
        return [("onChange", record(**change, formattedValue=None, valid=True))]
    if tag in UNFOLDED:
        return [(UNFOLDED[tag][bool(new)], record(**change, expanded=new))]
    if tag == "UTreeViewNodeNew":
        return [("onCheck", record(**change, checked=new, oldChecked=old))]
    if tag in SWITCHED:
        return _switched(tag, new, record(**change))
    if tag in PICKERS:
        part = {PICKERS[tag]: new}
        return [("onSelect", record(**change, **part)), ("onChange", record(**change, **part))]
    if tag == "UPagination":
        turned_to = record(page=new, oldPage=old, **change)
        return [("onSelect", turned_to), ("onChange", turned_to)]
    values = new if isinstance(new, list) else [new]
    items = item if isinstance(item, list) else [item] if item is not None else []
    one = items[-1] if items else None
    chosen = record(**change, values=values, item=one, node=one, selected=True, items=items)
    return [(event, chosen) for event in CHOICES.get(tag, ("onChange",))]


def _switched(tag: str, new: Any, change: Struct) -> list[tuple[str, Any]]:
    if tag == "UCheckbox":
        return [("onCheck", change), ("onChange", change)]
    return [(("onOn", "onOff")[not new], change), ("onToggle", change), ("onChange", change)]


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

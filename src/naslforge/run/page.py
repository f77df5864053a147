"""A page as it lives in the browser: its variables, what its elements are and hold, their data, the checks of forms.

Data is loaded when a component is first seen, on `reload()`, and when a variable changes that its source mentions.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from naslforge.lang import types as t
from naslforge.run.choosing import by_value, move_rows
from naslforge.run.plans import ElementPlan, PagePlan, Value
from naslforge.run.seen import Instance, Scope, Shown, shown
from naslforge.run.validation import broken_rule
from naslforge.run.values import Struct, illegal
from naslforge.run.widgets import OPENED, default_of, member, record
from naslforge.run.wire import Reader, WireError

if TYPE_CHECKING:
    from naslforge.run.browser import Browser


class Page:
    """An instance of a page. Emitted code reads and writes its variables by `pg[name]`."""

    def __init__(self, browser: "Browser", plan: PagePlan):
        self.browser, self.plan = browser, plan
        self.variables: dict[str, Any] = {}
        self.changed: set[str] = set()
        self.instances: dict[tuple[int, tuple[tuple[str, int], ...]], Instance] = {}
        self.elements = {e.id: e for e in plan.root.walk()} if plan.root else {}
        self.keys = dict(_keys_around(plan.root, ())) if plan.root else {}

    def __getitem__(self, name: str) -> Any:
        return self.variables.get(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self.variables[name] = value
        self.changed.add(name)

    # --- the life of a page

    def start(self, params: dict[str, Any], from_url: bool) -> None:
        top = Scope()
        self.params: dict[str, Any] = {}  # as values, to open the page again
        for name, type_, default in self.plan.params:
            value = params.get(name)
            if from_url and value is not None:
                value = self._from_address(value, type_)
            if value is None and default:
                value = self.browser.names[default](self, top)
            self.variables[name] = self.params[name] = value
        for name, start in self.plan.variables:
            self.variables[name] = self.browser.names[start](self, top)
        self.run("onCreated")
        shown(self)
        self.run("onMounted")

    def _from_address(self, value: Any, type_: t.Type) -> Any:
        """A text of the address as a value; what cannot be read counts as missing (REFERENCE 7.2)."""
        if type_ == t.BOOLEAN and isinstance(value, str):
            return {"true": True, "false": False}.get(value)
        try:
            return Reader(self.browser.shapes, self.browser.rt.zone).read(value, type_)
        except WireError:
            return None

    def run(self, event: str, *args: Any) -> None:
        for handler in self.plan.lifecycle.get(event, ()):
            self.browser.call(handler, self, Scope(), *args)

    def settle_once(self) -> bool:
        """Look once at what changed; was there anything?"""
        changed, self.changed = self.changed, set()
        fresh = self._load_what_is_seen()
        for instance in [i for i in self.instances.values() if i.loaded]:
            source = instance.plan.values.get("dataSource")
            if changed and source is not None and source.mentions & changed:
                self.load(instance)
                fresh = True
        if changed:
            self.run("onUpdated")
        return bool(self.changed) or fresh

    def _load_what_is_seen(self) -> bool:
        before = sum(i.loaded for i in self.instances.values())
        shown(self)
        return sum(i.loaded for i in self.instances.values()) != before

    # --- elements, as emitted code asks for them

    def instance(self, plan: ElementPlan, scope: Scope) -> Instance:
        """The element in the row of `scope`, or outside of rows."""
        around = self.keys.get(plan.id, ())
        path = tuple(part for part in scope.path if part[0] in around)
        found = self.instances.get((plan.id, path))
        if found is None:
            found = self.instances[plan.id, path] = Instance(plan, scope)
        elif len(scope.path) >= len(path):
            found.scope = scope
        return found

    def state(self, scope: Scope, element: int, name: str) -> Any:
        """`$refs.table.data`, `elements.$ce.page`."""
        plan = self.elements.get(element)
        return self.value(self.instance(plan, scope), name) if plan is not None else None

    def value(self, instance: Instance, name: str) -> Any:
        """A property or state of an element: what was set, what the page says, the component's default."""
        if name in instance.state:
            return instance.state[name]
        given = instance.plan.values.get(name)
        if given is not None:
            return self.evaluate(given, instance.scope)
        return default_of(instance.plan.tag, name)

    def evaluate(self, value: Value, scope: Scope) -> Any:
        self.browser.rt.spend(1)
        return value.text if not value.function else self.browser.names[value.function](self, scope)

    def store(self, instance: Instance, name: str, value: Any) -> None:
        """Set a property: a two-way one is written back to the page."""
        given = instance.plan.values.get(name)
        if given is not None and given.store:
            self.browser.names[given.store](self, instance.scope, value)
        else:
            instance.state[name] = value

    def method(self, scope: Scope, element: int, name: str, *args: Any) -> Any:
        """`$refs.table.reload()`. Raises a fault for an element that is not there."""
        plan = self.elements.get(element)
        instance = self.instance(plan, scope) if plan is not None else None
        if instance is None or not self.is_there(instance):
            raise illegal(f"the element is not on the page, so `{name}` cannot be called",
                          f"元素不在页面上，不能调用 `{name}`")  # fmt: skip
        self.browser.rt.spend(1)
        opened = OPENED.get(instance.plan.tag, "visible")
        match name:
            case "reload" | "load":
                self.load(instance)
            case "loadTo":
                instance.state["page"] = args[0] if args else 1
                self.load(instance)
            case "open" | "close" | "toggle":
                now = bool(self.value(instance, opened))
                wanted = {"open": True, "close": False}.get(name, not now if not args or args[0] is None else args[0])
                self.open_or_close(instance, opened, bool(wanted))
            case "setPropValue":
                instance.state[args[0]] = args[1]
            case "getPropValue":
                return (
                    self.value(instance, args[0]) if not args[0].startswith("_") else self._directive(instance, args[0])
                )
            case "validate":
                return self.validate(instance)
            case "clear":
                self.store(instance, "value", None)
            case "prev" | "next":
                step = {"prev": -1, "next": 1}[name]
                self.store(instance, "value", max(0, (self.value(instance, "value") or 0) + step))
            case "focus" | "blur":
                self.fire(instance, f"on{name.capitalize()}", record())
            case "toggleAll":
                instance.state["expanded"] = bool(args and args[0])
            case "forward" | "reverse" | "transfer":
                self._transfer(instance, name, args)
            case "addItem":
                rows = instance.state.setdefault("data", [])
                rows.insert(0 if args[1:] and args[1] else len(rows), args[0])
        return None

    def _transfer(self, instance: Instance, name: str, args: Sequence[Any]) -> None:
        direction = args[0] if name == "transfer" and len(args) > 1 else name
        moved = list(args[-1] or ()) if args else []
        target = [by_value(self, instance, row) for row in self.value(instance, "target") or ()]
        kept = [value for value in target if value not in moved]
        move_rows(self, instance, kept if direction == "reverse" else [*kept, *moved])

    def open_or_close(self, instance: Instance, name: str, wanted: bool) -> None:
        if bool(self.value(instance, name)) != wanted:
            self.store(instance, name, wanted)
            self.fire(instance, "onOpen" if wanted else "onClose", record(ok=None))

    def fire(self, instance: Instance, event: str, argument: Any) -> None:
        """Run the handlers of an event, one after the other."""
        for handler in instance.plan.handlers.get(event, ()):
            self.browser.call(handler, self, instance.scope, argument)

    def is_there(self, instance: Instance) -> bool:
        condition = instance.plan.values.get("_if")
        return condition is None or bool(self.evaluate(condition, instance.scope))

    def _directive(self, instance: Instance, name: str) -> Any:
        given = instance.plan.values.get(name)
        return self.evaluate(given, instance.scope) if given is not None else None

    # --- data

    def load(self, instance: Instance) -> None:
        """Ask the data source with the element's present page, size, order and filter."""
        source = instance.plan.values.get("dataSource")
        if source is None:
            return
        instance.loaded = True
        state = instance.state
        paged = bool(self.value(instance, "pagination") or self.value(instance, "pageable"))
        self._turn(instance, paged)
        state.setdefault("size", self.value(instance, "pageSize") if paged else None)
        for name in ("sort", "order", "filterText"):
            sorting = self.value(instance, "sorting") if name != "filterText" else None
            state.setdefault(name, member(sorting, "field" if name == "sort" else name) if sorting else None)
        found = self.evaluate(source, instance.scope)
        rows, total = found, None
        if isinstance(found, Struct):
            rows, total = found.fields.get("list"), found.fields.get("total")
        rows = list(rows) if isinstance(rows, list) else []
        state["data"], state["total"] = rows, len(rows) if total is None else total
        state["served"] = total is not None
        self.fire(instance, "onLoad", None)

    def _turn(self, instance: Instance, paged: bool) -> None:
        """The page at first, and the page that the program turns to later by another `pageNumber`."""
        state, wanted = instance.state, self.value(instance, "pageNumber") if paged else None
        if "page" not in state or wanted != state["turned"]:
            state["page"] = (wanted or 1) if paged else None
        state["turned"] = wanted

    def paged(self, instance: Instance) -> None:
        """The user turned the page; what the program's handler made of `pageNumber` is no turn of its own."""
        instance.state["turned"] = self.value(instance, "pageNumber")

    def rows(self, instance: Instance) -> list[Any]:
        """The rows that are seen: a whole list is cut into pages here, a served page is as it came."""
        state = instance.state
        if state.get("page"):
            self._turn(instance, True)
        rows, page, size = state.get("data") or [], state.get("page"), state.get("size")
        if not state.get("served") and isinstance(state.get("sort"), str) and state["sort"]:
            rows = _sorted(rows, state["sort"], str(state.get("order") or "asc").lower() == "desc")
        if state.get("served") or not page or not size or instance.plan.tag in ("USelect",):
            return rows
        return rows[(page - 1) * size : page * size]

    # --- forms

    def validate(self, instance: Instance) -> Struct:
        """Check every field inside; what is wrong is shown beside it."""
        valid = True
        top = shown(self)
        inside = next((s for s in top.walk() if s.instance is instance), None) if top else None
        for item in inside.walk() if inside is not None else ():
            if item.instance.plan.tag in ("UFormItem", "UValidator"):
                valid &= self._field_is_valid(item)
        self.fire(instance, "onValidate", record(valid=valid))
        return record(valid=valid)

    def _field_is_valid(self, item: Shown) -> bool:
        plan, scope = item.instance.plan, item.instance.scope
        value = plan.values.get("rules")
        rules = list(self.evaluate(value, scope) or []) if value is not None else []
        if self.value(item.instance, "required"):
            rules = [("required", []), *rules]
        inputs = [s for s in item.walk() if s.instance.plan.values.get("value") is not None]
        if not rules or not inputs:
            return True
        message = broken_rule(self.value(inputs[0].instance, "value"), rules, self.browser.rt)
        item.instance.state["broken"] = (self.value(item.instance, "message") or message) if message else None
        return message is None


def _sorted(rows: list[Any], path: str, falls: bool) -> list[Any]:
    """A whole list is put in order here, as its header says; nulls are less than anything, equal rows stay in order."""
    keyed = [(member(row, path), row) for row in rows]
    nulls = [row for key, row in keyed if key is None]
    known = [(key, row) for key, row in keyed if key is not None]
    try:
        known.sort(key=lambda pair: pair[0], reverse=falls)
    except TypeError:
        return rows  # values that have no order
    full = [row for _, row in known]
    return full + nulls if falls else nulls + full


def _keys_around(plan: ElementPlan, keys: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For every element, the keys of the slots with data around it."""
    yield plan.id, keys
    for slot in plan.slots.values():
        for inner in slot.content:
            yield from _keys_around(inner, (*keys, slot.data) if slot.data else keys)

"""A test of a page: open it, do the steps as a user would, and say what the user then sees.

Steps are `{"set": [ref, value]}`, `{"fire": [ref, event, args?]}`, `{"call": [logic, args?]}` and
`{"open": [page, params?]}`. `expect_ui` names what must be true in the end: `messages`, `navigations`, `variables`,
`page`, `visible` (texts that can be read, in any order), `hidden` (texts that cannot), `texts` (all texts, in order),
`elements` (by ref, properties and states).
"""

from collections.abc import Sequence
from typing import Any

from naslforge.run.browser import Browser
from naslforge.run.compare import Comparison, exact
from naslforge.run.execute import Execution, Outcome
from naslforge.run.seen import texts
from naslforge.run.tab import Tab
from naslforge.run.user import UserFault, act, call_logic, seek, set_value
from naslforge.run.wire import Reader, WireError, Writer

STEPS = ("set", "fire", "call", "open", "reload")
SEEN = (
    "messages", "navigations", "variables", "page", "visible", "hidden", "texts", "elements", "downloads",
    "localStorage",
)  # fmt: skip


class StepError(Exception):
    """The test itself is wrong: a step that is none."""


def visit(execution: Execution, entry: str, steps: Sequence[dict[str, Any]]) -> tuple[Outcome, Browser | None]:
    """Open the page `entry` at the address of the test's world and do the steps. Raises StepError."""
    runtime = execution.runtime
    found: list[Browser] = []

    def visited() -> Any:
        return execution.program.within(runtime, lambda names: _visited(execution, names, entry, steps, found))

    outcome = execution.watched(entry, visited)
    return outcome, found[0] if found else None


def _visited(
    execution: Execution, names: dict[str, Any], entry: str, steps: Sequence[dict[str, Any]], found: list[Browser]
) -> Any:
    runtime = execution.runtime
    browser = runtime.browser = Browser(runtime, execution.program.pages, names, names["shapes"])
    found.append(browser)
    tab = browser.tab = Tab(execution.checked, runtime, names)
    try:
        tab.start()
    except WireError as fault:
        raise StepError(f"world.browser.localStorage: {fault}") from fault
    browser.open(entry, dict(runtime.device.get("query") or {}), from_url=True)
    result = None
    for number, step in enumerate(steps):
        try:
            result = _step(browser, step, tab)
        except UserFault as fault:
            raise UserFault(f"steps[{number}]: {fault}") from fault
        except WireError as fault:
            raise StepError(f"steps[{number}]: {fault}") from fault
        browser.settle()
    return result


def _step(browser: Browser, step: dict[str, Any], tab: Tab) -> Any:
    if not isinstance(step, dict) or len(step) != 1 or next(iter(step)) not in STEPS:
        raise StepError(f"a step is one of {', '.join(STEPS)}, not {step!r}")
    ((kind, given),) = step.items()
    parts = given if isinstance(given, list) else [given]
    if kind == "open":
        browser.open(str(parts[0]), dict(parts[1]) if parts[1:] else {}, from_url=True)
        return None
    if kind == "reload":
        tab.reload()
        browser.open(*browser.history[browser.at])
        return None
    if browser.page is None:
        raise UserFault("no page of this program is open")
    if not parts or (kind == "set" and len(parts) < 2) or (kind == "fire" and len(parts) < 2):
        raise StepError(f"{kind} needs more than {given!r}")
    if kind == "set":
        set_value(browser.page, str(parts[0]), parts[1])
    elif kind == "fire":
        args = parts[2] if parts[2:] else []
        act(browser.page, str(parts[0]), str(parts[1]), args if isinstance(args, list) else [args])
    else:
        return call_logic(browser.page, str(parts[0]), parts[1] if parts[1:] else [])
    return None


def unlike(browser: Browser, wanted: dict[str, Any], compare: Comparison) -> str | None:
    """Where what the user sees differs from `expect_ui`, as the smallest path; None where it does not."""
    if unknown := sorted(set(wanted) - set(SEEN)):
        raise StepError(f"expect_ui has no {unknown[0]!r}; it has: {', '.join(SEEN)}")
    page = browser.page
    runtime = browser.rt
    writer = Writer(runtime.zone, runtime.limits.output)
    read = texts(page) if page is not None else []
    told: dict[str, Any] = {"messages": runtime.messages, "texts": read}
    told["page"] = page.plan.short if page is not None else None
    for name in ("messages", "texts"):
        if name in wanted and (found := compare.difference(told[name], wanted[name], f"ui.{name}")):
            return found
    if "page" in wanted and wanted["page"] not in (told["page"], page.plan.name if page is not None else None):
        return f"ui.page: expected {compare.show(wanted['page'])}, got {compare.show(told['page'])}"
    for text in wanted.get("visible", ()):
        if text not in read:
            return f"ui.visible: expected the text {compare.show(text)}, the page shows {compare.show(read)}"
    for text in wanted.get("hidden", ()):
        if text in read:
            return f"ui.hidden: expected no text {compare.show(text)}, it is there"
    return (
        _navigations(browser, wanted, compare, writer)
        or _variables(browser, wanted, compare)
        or _elements(browser, wanted, compare, writer)
        or _downloads(runtime.downloads, wanted, compare)
        or _kept(browser, wanted, compare)
    )


def _downloads(made: list[dict[str, Any]], wanted: dict[str, Any], compare: Comparison) -> str | None:
    """Each expected one names what matters of it; a text alone is the address of the one file."""
    if "downloads" not in wanted:
        return None
    for i, one in enumerate(wanted["downloads"]):
        if i >= len(made):
            return f"ui.downloads[{i}]: expected {compare.show(one)}, got none"
        for key, value in (one if isinstance(one, dict) else {"urls": [one]}).items():
            if found := compare.difference(made[i].get(key), value, f"ui.downloads[{i}].{key}"):
                return found
    if len(made) > len(wanted["downloads"]):
        return f"ui.downloads[{len(wanted['downloads'])}]: expected none, got {compare.show(made[-1])}"
    return None


def _kept(browser: Browser, wanted: dict[str, Any], compare: Comparison) -> str | None:
    """What stays in the browser: the variables with `@localCache`."""
    if "localStorage" not in wanted or browser.tab is None:
        return None
    for name, value in wanted["localStorage"].items():
        found = browser.tab.kept(name)
        if found is None:
            return f"ui.localStorage.{name}: no variable with @localCache has this name"
        expected = Reader(browser.shapes, browser.rt.zone).read(value, found[1], f"expect_ui.localStorage.{name}")
        if told := compare.difference(found[0], expected, f"ui.localStorage.{name}"):
            return told
    return None


def _navigations(browser: Browser, wanted: dict[str, Any], compare: Comparison, writer: Writer) -> str | None:
    """Each expected one names what matters of it; a text alone is the page or the address."""
    if "navigations" not in wanted:
        return None
    made = [{k: writer.write(v) for k, v in one.items()} for one in browser.navigations]
    for one in made:
        if "params" in one:
            one["params"] = {k: writer.write(v) for k, v in (one["params"] or {}).items()}
    for i, one in enumerate(wanted["navigations"]):
        if i >= len(made):
            return f"ui.navigations[{i}]: expected {compare.show(one)}, got none"
        named = one if isinstance(one, dict) else {"url" if "url" in made[i] else "page": one}
        for key, value in named.items():
            if found := compare.difference(exact(made[i].get(key)), exact(value), f"ui.navigations[{i}].{key}"):
                return found
    if len(made) > len(wanted["navigations"]):
        return f"ui.navigations[{len(wanted['navigations'])}]: expected none, got {compare.show(made[-1])}"
    return None


def _variables(browser: Browser, wanted: dict[str, Any], compare: Comparison) -> str | None:
    page = browser.page
    for name, value in (wanted.get("variables") or {}).items():
        if page is None or name not in page.variables:
            return f"ui.variables.{name}: the page has no such variable"
        reader = Reader(browser.shapes, browser.rt.zone)
        expected = reader.read(value, page.plan.types[name], f"expect_ui.variables.{name}")
        if found := compare.difference(page.variables[name], expected, f"ui.variables.{name}"):
            return found
    return None


def _elements(browser: Browser, wanted: dict[str, Any], compare: Comparison, writer: Writer) -> str | None:
    page = browser.page
    for ref, properties in (wanted.get("elements") or {}).items():
        try:
            instance = seek(page, ref) if page is not None else None
        except UserFault as fault:
            if properties is None:
                continue
            return f"ui.elements.{ref}: {fault}"
        if properties is None or instance is None or page is None:
            return f"ui.elements.{ref}: expected nothing, it can be seen"
        for name, value in properties.items():
            actual = writer.write(page.value(instance, name))
            if found := compare.difference(exact(actual), exact(value), f"ui.elements.{ref}.{name}"):
                return found
    return None

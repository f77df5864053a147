"""A browser without a screen: the tab of a user with its page, its history and where programs send it."""

from dataclasses import dataclass, field
from typing import Any

from naslforge.lang import types as t
from naslforge.run.library.client import show_message
from naslforge.run.page import Page
from naslforge.run.plans import Handler, PagePlan
from naslforge.run.seen import Scope
from naslforge.run.tab import Tab
from naslforge.run.texts import Printer
from naslforge.run.values import ABORTED, NaslError, Shapes
from naslforge.run.world import Runtime

ROUNDS = 20  # times that changes may bring about changes before the page is said not to settle


@dataclass(slots=True)
class Browser:
    """The tab of a user. `names` is the module of the program, by which handlers and values are computed."""

    rt: Runtime
    pages: dict[str, PagePlan]
    names: dict[str, Any]
    shapes: Shapes
    navigations: list[dict[str, Any]] = field(default_factory=list)
    history: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    at: int = -1
    page: "Page | None" = None
    tab: Tab | None = None  # set before the first page opens
    _next: tuple[str, dict[str, Any]] | None = None
    _steps_back: int = 0

    # --- what programs ask for

    def go_to(self, page: str, params: dict[str, Any], target: str) -> None:
        self.navigations.append({"page": page, "params": params, "target": target})
        if target != "_blank":
            self._next = (page, params)

    def leave_to(self, url: str, target: str) -> None:
        self.navigations.append({"url": url, "target": target})

    def move(self, delta: int) -> None:
        self.navigations.append({"history": delta})
        self._steps_back = delta

    # --- pages

    def find(self, name: str) -> PagePlan | None:
        """The page of a full name, or of `pc.orders.detail`."""
        return next((plan for plan in self.pages.values() if name in (plan.name, plan.short)), None)

    def open(self, name: str, params: dict[str, Any], from_url: bool = False) -> None:
        """Show a page; params are values, or texts of an address, which are read by the parameters' types."""
        plan = self.find(name)
        if plan is None:
            self.page = None  # the page is not part of this program; that it was asked for is on record
            return
        guarded = self._guard(plan)
        if self.page is not None:
            self.page.run("onDestroyed")
        self.history = [*self.history[: self.at + 1], (name, params)]
        self.at += 1
        if guarded:
            self.navigations.append({"page": "noAuth", "params": {}, "target": "_self"})
            self.page = None
            return
        self.page = Page(self, plan)
        self.page.start(params, from_url)
        self.history[self.at] = (name, self.page.params)
        self.settle()

    def _guard(self, plan: PagePlan) -> bool:
        """May this user not see the page?"""
        if "auth" not in plan.tags and "roles" not in plan.tags:
            return False
        user = self.rt.user
        wanted = {role.strip() for role in plan.tags.get("roles", "").split(",") if role.strip()}
        return user is None or bool(wanted and not wanted & set(user.get("roles") or ()))

    def settle(self) -> None:
        """Let the page come to rest: changes, data that depends on them, what they make visible, navigation."""
        for _ in range(ROUNDS):
            if self.page is not None and self.page.settle_once():
                continue
            if self._steps_back:
                at, self._steps_back = self.at + self._steps_back, 0
                if 0 <= at < len(self.history):
                    (name, params), self.at = self.history[at], at - 1
                    kept = self.history
                    self.open(name, params)
                    self.history = kept
            elif self._next is not None:
                (name, params), self._next = self._next, None
                self.open(name, params)
            else:
                return
        raise NaslError("SystemError", "the page does not come to rest", "页面一直在变化，无法稳定下来")

    def call(self, handler: Handler, page: "Page", scope: Scope, *args: Any) -> Any:
        """Run a handler: an abort shows its message and ends it."""
        self.rt.spend(1)
        given = args if handler.takes_event else ()
        try:
            return self.names[handler.function](page, scope, *given)
        except NaslError as error:
            if error.kind != ABORTED:
                raise
            if error.message:
                show_message(error.message, rt=self.rt, shapes=self.shapes)
            return None

    def text(self, value: Any, type_: t.Type = t.ANY) -> str:
        """What a user reads of a value."""
        return Printer(self.shapes, self.rt.zone, self.rt.limits.length).text(value, type_)

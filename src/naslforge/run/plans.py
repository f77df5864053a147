"""What the browser needs to know of a page: its tree of elements, with the names of the functions that compute."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from naslforge.lang import types as t


@dataclass(frozen=True, slots=True)
class Handler:
    """A page logic or a handler written in place: its function in the program, and whether it takes the event."""

    function: str
    takes_event: bool


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an attribute: a fixed text, or a function that computes it; `store` writes it back ($sync).

    `mentions` are the page variables that it reads.
    """

    text: str | None = None
    function: str = ""
    store: str = ""
    type: t.Type = t.ANY
    mentions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """The content of a slot; `data` is the key of what it is given for each row, '' where it is given nothing."""

    content: "tuple[ElementPlan, ...]"
    data: str = ""


@dataclass(frozen=True, slots=True)
class ElementPlan:
    """An element: `id` is its number in the page, `ref` its name where it has one."""

    id: int
    tag: str
    ref: str
    values: dict[str, Value]
    handlers: dict[str, tuple[Handler, ...]]
    slots: dict[str, Slot]

    def walk(self) -> "Iterator[ElementPlan]":
        yield self
        for slot in self.slots.values():
            for inner in slot.content:
                yield from inner.walk()


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page: full name, parameters with type and the function of their default, variables with that of their start."""

    name: str
    params: tuple[tuple[str, t.Type, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    logics: dict[str, Handler] = field(default_factory=dict)
    lifecycle: dict[str, tuple[Handler, ...]] = field(default_factory=dict)
    root: ElementPlan | None = None
    tags: dict[str, str] = field(default_factory=dict)  # of the doc comment: auth, roles, index, title
    types: dict[str, t.Type] = field(default_factory=dict)  # of parameters and variables, and of what logics take

    @property
    def short(self) -> str:
        """The name that `destination` and the tests use: `pc.orders.detail`."""
        frontend, _, rest = self.name.partition(".views.")
        return f"{frontend.split('.')[2]}.{rest.replace('.views.', '.')}" if rest else self.name

    @property
    def address(self) -> str:
        """The path of the page: `/orders/detail`, below `/m` where it is one of h5."""
        end, *path = self.short.split(".")
        return "/" + "/".join(["m", *path] if end == "h5" else path)

    @property
    def roles(self) -> frozenset[str]:
        """Who may enter; nobody named means every user."""
        return frozenset(role.strip() for role in self.tags.get("roles", "").split(",") if role.strip())

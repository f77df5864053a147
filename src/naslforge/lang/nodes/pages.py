"""Pages: their variables, logics and life cycle, and the tree of elements (REFERENCE 7)."""

from typing import TYPE_CHECKING

from naslforge.lang.nodes.base import Hole, Ident, Node, node
from naslforge.lang.nodes.exprs import Expr
from naslforge.lang.nodes.statements import Comment, Let

if TYPE_CHECKING:
    from naslforge.lang.nodes.declarations import Doc, Function, Param


@node
class SlotTemplate(Node):
    """`(current) => <A/>`: a slot that is given data; without parameters `() => <A/>`."""

    params: tuple[Ident, ...]
    body: "Element | Fragment | Hole"


@node
class Attribute(Node):
    """One attribute. `value` is None for a bare name, a Text with `braced` false for `a="text"`, else what stands in
    the braces: an expression (`$sync(e)` is a Call of the Name `$sync`), a handler written in place (a Function),
    several handlers, or the content of a slot."""

    name: Ident
    value: "Expr | Function | HandlerList | SlotTemplate | Element | Fragment | None"
    braced: bool = True


@node
class HandlerList(Node):
    """`[f, function g(event) {…}]` as the value of an event: names of page logics and handlers written in place."""

    items: "tuple[Expr | Function, ...]"


@node
class Element(Node):
    """`tag` in Pascal case, also where it was written in kebab case."""

    tag: Ident
    attributes: tuple[Attribute, ...]
    content: "tuple[Element | Comment | Hole, ...]"


@node
class Fragment(Node):
    """`<><A/><B/></>`: several elements in one slot."""

    content: "tuple[Element | Comment | Hole, ...]"


@node
class LifecycleEntry(Node):
    """`onCreated: [function init() {…}]`; a handler may also be the name of a page logic."""

    event: Ident
    handlers: "tuple[Function | Expr, ...]"


@node
class Lifecycles(Node):
    """`const $lifecycles = {…};`."""

    entries: tuple[LifecycleEntry, ...]


@node
class View(Node):
    """A page. `members` are the head of variables, the page logics and the life cycle, in the order written, comments
    between them; `root` is None where the page returns no element (reported)."""

    name: Ident
    doc: "Doc | None"
    params: "tuple[Param, ...]"
    members: "tuple[Let | Function | Lifecycles | Comment | Hole, ...]"
    root: "Element | Fragment | Hole | None"

    @property
    def variables(self) -> tuple[Let, ...]:
        return tuple(m for m in self.members if isinstance(m, Let))

    @property
    def logics(self) -> "tuple[Function, ...]":
        """The page logics; handlers written in attributes and the life cycle are not among them."""
        skip = (Let, Lifecycles, Comment, Hole)
        return tuple(m for m in self.members if not isinstance(m, skip))

"""Declarations and the unit, which is one source text."""

from naslforge.lang.nodes.base import Hole, Ident, Node, node
from naslforge.lang.nodes.exprs import Expr, ObjectLiteral
from naslforge.lang.nodes.pages import View
from naslforge.lang.nodes.statements import Block, Comment, Let
from naslforge.lang.nodes.written import TypeExpr
from naslforge.lang.source import Source


@node
class Doc(Node):
    """A doc comment: its description and its tags (`title`, `transactional` …) with their texts, in order."""

    text: str
    tags: tuple[tuple[str, str], ...]

    def tag(self, name: str) -> str | None:
        """The text of a tag, '' for a bare one, None where it is absent."""
        return next((text for tag, text in self.tags if tag == name), None)


@node
class Decorator(Node):
    name: Ident
    argument: ObjectLiteral | None


@node
class TypeParam(Node):
    name: Ident
    bound: TypeExpr | None


@node
class Param(Node):
    name: Ident
    type: TypeExpr | None
    default: Expr | None = None


@node
class Function(Node):
    """A logic. `body` is None for `declare function`."""

    name: Ident
    doc: Doc | None
    type_params: tuple[TypeParam, ...]
    params: tuple[Param, ...]
    result: TypeExpr | None
    body: Block | None


@node
class Property(Node):
    """`@Property({…}) name: Type = default;`."""

    name: Ident
    doc: Doc | None
    decorators: tuple[Decorator, ...]
    type: TypeExpr
    default: Expr | None


@node
class Class(Node):
    """A structure, or an entity when it stands in `app.dataSources.<ds>.entities`."""

    name: Ident
    doc: Doc | None
    decorators: tuple[Decorator, ...]
    type_params: tuple[TypeParam, ...]
    members: "tuple[Property | Comment | Hole, ...]"


@node
class EnumMember(Node):
    """`value` is the initialiser (Text or Number) or None; the doc's text is the label."""

    name: Ident
    doc: Doc | None
    value: Expr | None


@node
class Enum(Node):
    name: Ident
    doc: Doc | None
    members: "tuple[EnumMember | Comment | Hole, ...]"


@node
class Alias(Node):
    name: Ident
    doc: Doc | None
    type: TypeExpr


@node
class Namespace(Node):
    """`export namespace a.b { … }`; nested ones stay nested, `name` is as written."""

    name: Ident
    items: "tuple[Item, ...]"


Decl = Function | Class | Enum | Let | Alias | View
Item = Namespace | Function | Class | Enum | Let | Alias | View | Comment | Hole


@node
class Unit(Node):
    """One source text. Without `holes` it certainly has no Hole in it."""

    source: Source
    items: tuple[Item, ...]
    holes: bool = True

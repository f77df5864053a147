"""Expressions, queries among them. Habits of TypeScript that lowering recognises (`a[i]`) have nodes too."""

from typing import TYPE_CHECKING

from naslforge.lang.nodes.base import Hole, Ident, Node, node
from naslforge.lang.nodes.written import TypeExpr, TypeName

if TYPE_CHECKING:
    from naslforge.lang.nodes.statements import Block


@node
class Null(Node):
    """`null` or `undefined`."""


@node
class Bool(Node):
    value: bool


@node
class Number(Node):
    """A plain decimal literal. `text` may start with a folded `-`; with a point it is a Decimal, else a Long."""

    text: str

    @property
    def is_long(self) -> bool:
        return "." not in self.text


@node
class Text(Node):
    """A quoted text; `value` has the escapes resolved."""

    value: str


@node
class Template(Node):
    """A back-quoted text: plain parts as Text nodes, holes as expressions, in order."""

    parts: "tuple[Expr, ...]"


@node
class Regex(Node):
    pattern: str
    flags: str


@node
class Name(Node):
    """A simple name. A dotted name is a Member chain over a Name (`app`, `nasl`, a variable …)."""

    name: str


@node
class Member(Node):
    object: "Expr"
    name: Ident


@node
class Call(Node):
    """A call; `callee` is a Name or Member."""

    callee: "Expr"
    type_args: tuple[TypeExpr, ...]
    args: "tuple[Expr, ...]"


@node
class Lambda(Node):
    params: tuple[Ident, ...]
    body: "Expr"


@node
class New(Node):
    """`new app.structures.Line({ … })`; a missing object is an empty one."""

    type: TypeName
    object: "ObjectLiteral"


@node
class ListLiteral(Node):
    items: "tuple[Expr, ...]"


@node
class Entry(Node):
    """One `key: value`. `key` is an Ident (name or quoted text), or an expression where written `[e]: value`."""

    key: "Ident | Expr"
    value: "Expr"


@node
class ObjectLiteral(Node):
    entries: tuple[Entry, ...]


@node
class Unary(Node):
    """`!x` or `-x` (a `-` before a number literal is folded into it)."""

    op: str
    operand: "Expr"


@node
class Binary(Node):
    """`===` and `!==` are lowered to `==` and `!=`."""

    op: str
    left: "Expr"
    right: "Expr"


@node
class Branch(Node):
    """One `if` of a match: any of the patterns; TypeName patterns come from `_value instanceof T`."""

    patterns: "tuple[Expr | TypeName, ...]"
    body: "Block"


@node
class Match(Node):
    """`(function match(_value) { if … })(subject)`; as a statement or, where every branch returns, as a value."""

    param: Ident
    subject: "Expr"
    branches: tuple[Branch, ...]
    otherwise: "Block | None"


@node
class Join(Node):
    """`kind` is LEFT, INNER, RIGHT or OUTER."""

    kind: str
    entity: "Expr"
    row: Ident
    on: "Expr"


@node
class OrderKey(Node):
    """One `[key, direction]`; `direction` null is ascending."""

    key: "Expr"
    direction: "Expr | None"


@node
class Limit(Node):
    """`.LIMIT(n)` has no page; `.LIMIT(page, size)` has both."""

    page: "Expr | None"
    size: "Expr"


@node
class Query(Node):
    """`FROM(entity, row => $ …)`. `select` is the argument of SELECT: an ObjectLiteral, a row or a column."""

    entity: "Expr"
    row: Ident
    joins: tuple[Join, ...]
    where: "Expr | None"
    group_by: "tuple[Expr, ...]"
    having: "Expr | None"
    order_by: tuple[OrderKey, ...]
    select: "Expr | None"
    distinct: bool
    limit: Limit | None


@node
class Index(Node):
    """Habit: `a[i]`."""

    object: "Expr"
    index: "Expr"


@node
class Conditional(Node):
    """Habit: `c ? a : b`."""

    test: "Expr"
    then: "Expr"
    otherwise: "Expr"


Expr = (
    Null | Bool | Number | Text | Template | Regex | Name | Member | Call | Lambda | New | ListLiteral
    | ObjectLiteral | Unary | Binary | Match | Query | Index | Conditional | Hole
)  # fmt: skip

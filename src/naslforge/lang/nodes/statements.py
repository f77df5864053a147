"""Statements."""

from typing import TYPE_CHECKING

from naslforge.lang.nodes.base import Hole, Ident, Node, node
from naslforge.lang.nodes.exprs import Expr
from naslforge.lang.nodes.written import TypeExpr

if TYPE_CHECKING:
    from naslforge.lang.nodes.declarations import Doc


@node
class Block(Node):
    statements: "tuple[Stmt, ...]"


@node
class Comment(Node):
    """A comment with its marks (`// …` or `/* … */`); `trailing` when text stands before it on its line."""

    text: str
    trailing: bool = False


@node
class Let(Node):
    """`let x: T = e;` in a logic's head, or a variable of a namespace (then `doc` may be set)."""

    name: Ident
    type: TypeExpr | None
    init: Expr | None
    doc: "Doc | None" = None


@node
class Assign(Node):
    """`target` is a Name or Member."""

    target: Expr
    value: Expr


@node
class ExprStmt(Node):
    """A call, query or match used as a statement."""

    expr: Expr


@node
class If(Node):
    test: Expr
    then: Block
    otherwise: "Block | If | None"


@node
class While(Node):
    test: Expr
    body: Block


@node
class ForList(Node):
    """Both loop forms over a list; `index` is absent only in `ForEach` with a one-parameter function."""

    list: Expr
    start: Expr | None
    end: Expr | None
    index: Ident | None
    item: Ident
    body: Block


@node
class Return(Node):
    value: Expr | None


@node
class Abort(Node):
    message: Expr | None


Stmt = Let | Assign | ExprStmt | If | While | ForList | Return | Abort | Comment | Hole

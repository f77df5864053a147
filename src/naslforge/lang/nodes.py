"""The syntax tree: frozen, typed nodes with a span. What later passes find lies beside the tree, keyed by node.

Habits of TypeScript that lowering recognises (`a[i]`, `c ? a : b`) have nodes of their own, so that the checker can
go on behind them; they are always reported and never run.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar, dataclass_transform

from naslforge.lang.source import Source, Span

C = TypeVar("C")


@dataclass_transform(frozen_default=True, eq_default=False)
def node(cls: type[C]) -> type[C]:
    return dataclass(frozen=True, slots=True, eq=False)(cls)


@cache
def _fields(cls: type) -> tuple[str, ...]:
    """The fields of a class of nodes that can hold nodes."""
    return tuple(f.name for f in fields(cls) if f.name != "span")


@node
class Node:
    span: Span

    def children(self) -> "Iterator[Node]":
        """The direct children, in the order of the fields."""
        for name in _fields(type(self)):  # type: ignore[arg-type]
            value = getattr(self, name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Node))

    def walk(self) -> "Iterator[Node]":
        """This node and everything below it, outer nodes first."""
        yield self
        for child in self.children():
            yield from child.walk()


@node
class Ident(Node):
    """A name where it is declared or used as a label, with its own place."""

    name: str


@node
class Hole(Node):
    """Text that could not be understood and was already reported: stay silent about it. Any kind of node."""


# --- types as written


@node
class TypeName(Node):
    """`Long`, `List<String>`, `app.structures.Line`, `T`."""

    name: str
    args: "tuple[TypeExpr, ...]" = ()


@node
class TypeField(Node):
    name: Ident
    type: "TypeExpr"


@node
class TypeRecord(Node):
    """`{ a: Long, b: String }`."""

    fields: tuple[TypeField, ...]


@node
class TypeUnion(Node):
    members: "tuple[TypeExpr, ...]"


@node
class TypeFunction(Node):
    """`(item: T) => Boolean`; only in declarations of libraries and components."""

    params: "tuple[Param, ...]"
    result: "TypeExpr"


TypeExpr = TypeName | TypeRecord | TypeUnion | TypeFunction | Hole


# --- expressions


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


# --- statements


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


# --- declarations


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


Decl = Function | Class | Enum | Let | Alias
Item = Namespace | Function | Class | Enum | Let | Alias | Comment | Hole


@node
class Unit(Node):
    """One source text."""

    source: Source
    items: tuple[Item, ...]

"""Types as they are written."""

from typing import TYPE_CHECKING

from naslforge.lang.nodes.base import Hole, Ident, Node, node

if TYPE_CHECKING:
    from naslforge.lang.nodes.declarations import Param


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

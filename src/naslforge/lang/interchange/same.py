"""When are two ASTs the same program? What REFERENCE 9.1 says carries no meaning is left out of the comparison."""

from collections.abc import Iterator
from typing import Any

# Drawing, history and inferred facts: REFERENCE 9.1.
MEANINGLESS = frozenset({
    "id", "uuid", "changedTime", "playground", "applyAnnotations", "composedBy", "offsetX", "offsetY", "folded",
})  # fmt: skip
ITEMS = frozenset({
    "Start", "End", "Assignment", "BatchAssignment", "IfStatement", "ForEachStatement", "WhileStatement", "Match",
    "MatchCase", "SwitchStatement", "SwitchCase", "CallLogic", "CallInterface", "CallConnector", "CallAuthInterface",
    "CallEvent", "CallFunction", "Destination", "ExternalDestination", "Abort", "Comment", "JSBlock", "Unparsed",
    "StringLiteral", "NumericLiteral", "BooleanLiteral", "NullLiteral", "StringInterpolation", "Identifier",
    "MemberExpression", "BinaryExpression", "VariadicExpression", "UnaryExpression", "Argument", "AnonymousFunction",
    "Paginate", "CallQueryComponent", "QueryFromExpression", "QueryJoinExpression", "QueryFieldExpression",
    "QueryAggregateExpression", "QueryGroupByExpression", "QueryOrderByExpression", "QuerySelectExpression",
    "QueryLimitExpression", "SelectMembers", "Anchor", "NewList", "NewMap", "NewComposite", "DefaultValue",
})  # fmt: skip
# Their type is what they make; the type of every other item is inferred.
TYPED_ITEMS = frozenset({"NewList", "NewMap", "NewComposite"})
_OF_ITEMS = frozenset({"label", "description"})


def differences(first: Any, second: Any, path: str = "") -> Iterator[str]:
    """Paths at which two ASTs differ, in words; nothing where they are the same."""
    if isinstance(first, dict) and isinstance(second, dict):
        left, right = _meaning(first), _meaning(second)
        for key in sorted({**left, **right}):
            yield from differences(left.get(key), right.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for i, (a, b) in enumerate(zip(first, second, strict=True)):
            yield from differences(a, b, f"{path}[{i}]")
    elif not _equal(first, second):
        yield f"{path or 'AST'}: {_short(first)} is not {_short(second)}"


def _meaning(node: dict[str, Any]) -> dict[str, Any]:
    concept = node.get("concept")
    left_out = MEANINGLESS
    if concept in ITEMS:
        left_out = left_out | _OF_ITEMS
        if concept not in TYPED_ITEMS:
            left_out = left_out | {"typeAnnotation"}
    if concept == "TypeAnnotation":
        left_out = left_out | {"inferred"}
    return {k: v for k, v in node.items() if k not in left_out and v is not None and v != []}


def _equal(first: Any, second: Any) -> bool:
    empty: tuple[Any, ...] = (None, [])
    return (first in empty and second in empty) or (type(first) is type(second) and first == second)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."

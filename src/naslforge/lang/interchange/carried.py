"""What of an AST has no text form, and how it comes back: the sidecar beside a converted program.

The sidecar has the shape of the AST with nothing but the fields that the text does not show. Things in a list are found
again by concept and name where those are unique, else by their place, as long as the concept there is the same.
"""

from typing import Any

from naslforge.lang.interchange.older import OLDER, plain
from naslforge.lang.interchange.same import ITEMS, MEANINGLESS, differences

# The fields that the text shows, by concept; all others are carried. Whole concepts without text have no row.
SHOWN: dict[str, frozenset[str]] = {
    concept: frozenset(fields.split())
    for concept, fields in {
        "App": "dataSources structures enums logics overriddenLogics frontendTypes backend roles "
        "configuration authLogics authLogicsForCallInterface metadataTypes",
        "DataSource": "name entities",
        "Entity": "name tableName description properties indexes",
        "EntityProperty": "name label description typeAnnotation columnName required defaultValue primaryKey "
        "generationRule sequence relationNamespace relationEntity relationProperty deleteRule display rules",
        "EntityIndex": "name propertyNames unique description",
        "Structure": "name description typeParams properties",
        "StructureProperty": "name description typeAnnotation defaultValue jsonName",
        "Enum": "name description enumItems valueType",
        "EnumItem": "value label",
        "StaticString": "value",
        "MetadataType": "name description typeAnnotation",
        "Logic": "name title description cron transactional typeParams params returns variables body",
        "OverriddenLogic": "name title description transactional typeParams params returns variables body "
        "overriddenModule",
        "AuthLogic": "name title description transactional typeParams params returns variables body",
        "AuthLogicForCallInterface": "name title description transactional params returns variables body",
        "Param": "name description typeAnnotation defaultValue",
        "Return": "name typeAnnotation defaultValue",
        "Variable": "name typeAnnotation defaultValue",
        "DefaultValue": "expression",
        "Backend": "variables",
        "BackendVariable": "name description typeAnnotation defaultValue scope",
        "FrontendVariable": "name description typeAnnotation defaultValue localCache",
        "FrontendType": "name frontends",
        "Frontend": "name views variables logics",
        "View": "name title crumb description auth isIndex params variables logics elements bindEvents children",
        "Role": "name description",
        "Configuration": "groups",
        "ConfigGroup": "name properties",
        "ConfigProperty": "name description",
        "ViewElement": "tag staticClass staticStyle slotTarget slotScope bindAttrs bindEvents bindDirectives "
        "bindStyles children",
        "BindAttribute": "name value expression destination externalDestination rules",
        "BindEvent": "name logics",
        "BindDirective": "name expression",
        "BindStyle": "name expression",
        "ValidationRule": "calleeName arguments",
        "TypeParam": "name",
        "TypeAnnotation": "typeKind typeNamespace typeName typeArguments returnType properties",
        "IfStatement": "test consequent alternate",
        "ForEachStatement": "each start end item index body",
        "WhileStatement": "test body",
        "Assignment": "left right",
        "Match": "expression cases isExpression",
        "MatchCase": "patterns body",
        "CallLogic": "calleeNamespace calleeName typeArguments arguments",
        "CallFunction": "calleeNamespace calleeName typeArguments arguments",
        "CallInterface": "calleeNamespace calleeName arguments",
        "CallConnector": "calleeNamespace calleeName arguments",
        "CallAuthInterface": "calleeNamespace calleeName arguments",
        "Argument": "expression",
        "Destination": "viewNamespace viewName arguments",
        "ExternalDestination": "link",
        "Comment": "value",
        "JSBlock": "code",
        "StringLiteral": "value",
        "NumericLiteral": "value",
        "BooleanLiteral": "value",
        "StringInterpolation": "expressions",
        "Identifier": "namespace name",
        "MemberExpression": "object property",
        "BinaryExpression": "left right operator",
        "UnaryExpression": "argument operator",
        "AnonymousFunction": "params body",
        "NewList": "typeAnnotation items",
        "NewMap": "typeAnnotation keys values",
        "NewComposite": "typeAnnotation properties rights",
        "Start": "",
        "End": "",
        "Abort": "",
        "NullLiteral": "",
        "Paginate": "list page size",
        "CallQueryComponent": "from where groupBy having orderBy select limit",
        "QueryFromExpression": "entityNamespace entityName asName joinParts",
        "QueryJoinExpression": "joinType entityNamespace entityName asName onExpressions joinParts",
        "QueryFieldExpression": "entityAsName propertyName isDotStar asName",
        "QueryAggregateExpression": "aggregateName aggregateParam asName",
        "QueryGroupByExpression": "groupElement",
        "QueryOrderByExpression": "orderElement order",
        "QuerySelectExpression": "selectElements distinct star",
        "QueryLimitExpression": "pageElement pageSizeElement",
    }.items()
}
# Drawing of the items of a logic is lost on purpose; that of everything that has a name is carried.
_INSIDE = frozenset({"label", "description", "typeAnnotation"})
SEVERAL_ROOTS = "$roots"  # a page with several roots stands in one layout in the text
WHOLE, PLAIN = "$whole", "$plain"  # an older form, and what stands for it in the text
KEEP = "$kept"  # in a node: fields that the text shows for others, but could not show here


def carried(node: Any) -> Any:
    """The part of an AST that its text does not show, None where there is none. `KEEP` marks are honoured and gone."""
    if isinstance(node, list):
        found = [carried(item) for item in node]
        if all(part is None for part in found):
            return None
        return [part if part is not None else _place(item) for part, item in zip(found, node, strict=True)]
    if not isinstance(node, dict) or "concept" not in node:
        return None
    if node["concept"] in OLDER:
        return {WHOLE: node, PLAIN: plain(node)}
    shown = SHOWN.get(node["concept"])
    if shown is None:
        return {k: v for k, v in node.items() if k != KEEP and k not in MEANINGLESS}
    kept = set(node.get(KEEP, ()))
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("concept", KEEP) or key in MEANINGLESS or value is None or value == []:
            continue
        if key in kept or (value == "" and key in shown and not _is_item(node)):
            out.setdefault(KEEP, {})[key] = value
        elif key not in shown:
            if not (key in _INSIDE and _is_item(node)):
                out[key] = value
        elif isinstance(value, dict | list) and (inner := carried(value)) is not None:
            out[key] = inner
    return {**_place(node), **out} if out else None


def _is_item(node: dict[str, Any]) -> bool:
    return node["concept"] in ITEMS


def _place(node: Any) -> Any:
    """What a thing in a list is found again by."""
    if not isinstance(node, dict):
        return None
    return {key: node[key] for key in ("concept", "name") if isinstance(node.get(key), str)}


def merged(node: Any, extra: Any) -> Any:
    """An AST made from text, with what was carried beside it."""
    if isinstance(node, list) and isinstance(extra, list):
        return _merged_lists(node, extra)
    if not isinstance(node, dict) or not isinstance(extra, dict):
        return node
    if WHOLE in extra:
        return extra[WHOLE] if _stands_for(extra[PLAIN], [node]) else node
    out = dict(node)
    if extra.get(SEVERAL_ROOTS) and isinstance(out.get("elements"), list) and out["elements"]:
        out["elements"] = out["elements"][0].get("children", [])
    shown = SHOWN.get(str(out.get("concept")), frozenset())
    for key, value in extra.items():
        if key in ("concept", SEVERAL_ROOTS):
            continue
        if key == KEEP and isinstance(value, dict):
            out |= value
        elif key in shown:
            out[key] = merged(out.get(key), value)
        else:
            out[key] = value
    return out


def _merged_lists(nodes: list[Any], extra: list[Any]) -> list[Any]:
    """Parts find their thing by concept and name where that is the only one, else by place and concept."""
    if any(isinstance(part, dict) and WHOLE in part for part in extra):
        return _aligned(nodes, extra)
    by_name: dict[tuple[Any, Any], list[Any]] = {}
    for part in extra:
        if isinstance(part, dict) and isinstance(part.get("name"), str):
            by_name.setdefault((part.get("concept"), part["name"]), []).append(part)
    out = []
    for i, node in enumerate(nodes):
        key = (node.get("concept"), node.get("name")) if isinstance(node, dict) else (None, None)
        named = by_name.get(key, [])
        part = named[0] if len(named) == 1 else extra[i] if len(extra) == len(nodes) else None
        fits = isinstance(part, dict) and isinstance(node, dict) and part.get("concept") == node.get("concept")
        out.append(merged(node, part) if fits else node)
    return out


def _aligned(nodes: list[Any], extra: list[Any]) -> list[Any]:
    """Statements of which some stand in the text for one of an older form."""
    out, at = [], 0
    for part in extra:
        whole = isinstance(part, dict) and WHOLE in part
        here = nodes[at : at + (len(part[PLAIN]) if whole else 1)]
        at += len(here)
        if whole:
            out += [part[WHOLE]] if _stands_for(part[PLAIN], here) else here
        else:
            fits = bool(here) and isinstance(part, dict) and part.get("concept") == here[0].get("concept")
            out += [merged(here[0], part)] if fits else here
    return out + nodes[at:]


def _stands_for(expected: list[Any], nodes: list[Any]) -> bool:
    """Is the text still what the older form was written as? Keywords of arguments are not in it."""
    found = (d for a, b in zip(expected, nodes, strict=False) for d in differences(a, b))
    return len(expected) == len(nodes) and all(".keyword:" in d for d in found)

"""Older forms of the AST, which stand in the text as plain statements and operators (D24)."""

from typing import Any

OLDER = frozenset({"BatchAssignment", "SwitchStatement", "VariadicExpression"})
Json = dict[str, Any]


def plain(node: Json) -> list[Json]:
    """What the text of an older form comes back as; nothing for one that makes no sense."""
    try:
        return [_inner(part) for part in _PLAIN[node["concept"]](node)]
    except (KeyError, TypeError, IndexError, AttributeError):
        return []


def _inner(value: Any) -> Any:
    """Older forms inside of it are plain too."""
    if isinstance(value, list):
        found: list[Any] = []
        for item in value:
            older = isinstance(item, dict) and item.get("concept") in OLDER
            found += plain(item) if older else [_inner(item)]
        return found
    if not isinstance(value, dict):
        return value
    if value.get("concept") in OLDER:
        (only,) = plain(value)
        return only
    return {key: _inner(item) for key, item in value.items()}


def _assignments(node: Json) -> list[Json]:
    members, rights = node["left"]["members"], node["rights"]
    made = []
    for line in node["assignmentLines"]:
        left = line["leftIndex"][-1] if isinstance(line["leftIndex"], list) else line["leftIndex"]
        made.append({"concept": "Assignment", "left": members[left], "right": rights[line["rightIndex"]]})
    return made


def _ifs(node: Json) -> list[Json]:
    chain: list[Json] = []
    for case in reversed(node["cases"]):
        body = case.get("consequent") or []
        if case.get("test"):
            one = {"concept": "IfStatement", "test": case["test"], "consequent": body, "alternate": chain}
            chain = [one]
        elif not chain:
            chain = list(body)
    return chain


def _binary(node: Json) -> list[Json]:
    first, *rest = node["arguments"]
    for part in rest:
        first = {"concept": "BinaryExpression", "left": first, "right": part, "operator": node["operator"]}
    return [first]


_PLAIN = {"BatchAssignment": _assignments, "SwitchStatement": _ifs, "VariadicExpression": _binary}

"""The processes that a program declares (REFERENCE 8.1): their nodes, who handles them, and the data they carry."""

from dataclasses import dataclass
from typing import Any

from naslforge.lang import Checked
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.run.schema import facts_of

END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One node: what is done there, by whom, and the names of the nodes that follow.

    `policy` says whose word counts where several handle it: OrSign (the first), Countersign (all), Sequential (all, one
    after the other).
    """

    name: str
    title: str
    kind: str  # submit, approve; a node that nobody handles is passed
    users: tuple[str, ...]
    roles: tuple[str, ...]
    copies: tuple[str, ...]  # users who are told
    policy: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One process; `data` has the entity of each field that is stored, the item's for a list."""

    key: str
    name: str
    title: str
    start: str
    steps: dict[str, Step]
    data: dict[str, str]


def read_plans(checked: Checked) -> dict[str, Plan]:
    """The processes of a program by their key."""
    plans = {}
    for declared in checked.symbols.by_name.values():
        node = declared.node
        if isinstance(node, n.Class) and any(d.name.name == "Process" for d in node.decorators):
            plan = _plan(declared.name, node, checked)
            plans[plan.key] = plan
    return plans


def _plan(name: str, node: n.Class, checked: Checked) -> Plan:
    facts = facts_of(node.decorators, "Process")
    short = node.name.name
    given = facts.get("nodes")
    steps = [_step(item) for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    title = facts.get("title") or (node.doc.tag("title") if node.doc else None) or short
    start = str(facts.get("start") or (steps[0].name if steps else END))
    data = {field: entity for field, type_ in checked.fields.get(name, ()) if (entity := _entity(type_)) is not None}
    return Plan(str(facts.get("key") or short), short, str(title), start, {s.name: s for s in steps}, data)


def _step(facts: dict[str, Any]) -> Step:
    name = str(facts.get("name") or "")
    return Step(
        name=name,
        title=str(facts.get("title") or name),
        kind=str(facts.get("kind") or "submit"),
        users=_texts(facts.get("users")),
        roles=_texts(facts.get("roles")),
        copies=_texts(facts.get("cc")),
        policy=str(facts.get("policy") or "OrSign"),
        to=_texts(facts.get("to")),
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _entity(type_: t.Type) -> str | None:
    inner = type_.item if isinstance(type_, t.ListOf) else type_
    return inner.name if isinstance(inner, t.Entity) else None

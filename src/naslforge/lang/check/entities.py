"""Calls of the logics of tables: get, create, update, delete and their kin."""

from abc import abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import catalogue
from naslforge.lang.check.calls import Target, entity_overload
from naslforge.lang.check.facts import Over
from naslforge.lang.check.queries import Queries
from naslforge.lang.check.suggest import Advice, Words, listed, near_name
from naslforge.lang.scope import EntityCall
from naslforge.lang.types import (
    ANY,
    UNKNOWN,
    Entity,
    ListOf,
    Type,
)


class EntityLogics(Queries):
    """Types `<E>Entity.method(…)`."""

    def entity_call(self, e: n.Call, entity: str, expected: Type | None) -> Type:
        assert isinstance(e.callee, n.Member)
        method = e.callee.name.name
        with self.within(None):
            self.expr(e.callee.object)
        builtin = catalogue().get(f"entity.{method}")
        if builtin is None:
            return self.unknown_entity_logic(e, entity, method)
        self.calls[e] = EntityCall(entity, method)
        overload = entity_overload(builtin, Entity(entity), self.keys_of(entity))
        call = _filter_second(e) if method == "updateBy" else e
        target = Target(f"{entity}Entity.{method}", (overload,), row=entity, clause=method)
        chosen = self.apply(call, target, expected)
        self._property_lists(call, method)
        if self.over is not None:
            self.report(rules.ROW_OUTSIDE, e.span, what=f"`{method}`")
        return chosen.result if chosen else overload.result

    def keys_of(self, entity: str) -> tuple[Type, ...]:
        """The types of an entity's primary key; `id` or Any where none is marked."""
        fields = dict(self.fields.get(entity, ()))
        keys = [fields[name] for name in self.key_names.get(entity, ()) if name in fields]
        return tuple(keys) or (fields.get("id", ANY),)

    def unknown_entity_logic(self, e: n.Call, entity: str, method: str) -> Type:
        """A method that tables do not have; where one logic must be meant, go on with that."""
        names = [full.removeprefix("entity.") for full in catalogue().names("entity")]
        assert isinstance(e.callee, n.Member)
        advice = self.foreign_entity_logic(e, entity, method) or near_name(method, names, e.callee.name.span)
        facts: Words = {"table": f"{entity}Entity", "name": method, "known": listed(names)}
        self.report(rules.UNKNOWN_ENTITY_LOGIC, e.callee.name.span, fixes=advice.fixes, **facts, **advice.near)
        sure = next((f.edits[0].text for f in advice.fixes if f.applicability == "safe"), None)
        if sure is not None and sure.startswith("FROM("):
            return ListOf(Entity(entity))
        if sure is None:
            self.loose(e)
            return UNKNOWN
        name = n.Ident(e.callee.name.span, sure)
        return self.entity_call(
            n.Call(e.span, n.Member(e.callee.span, e.callee.object, name), (), e.args), entity, None
        )

    def _property_lists(self, e: n.Call, method: str) -> None:
        """`_ => [_.status, _.amount]`: properties of the row and nothing else."""
        place = {"update": 1, "createOrUpdate": 1, "batchUpdate": 1, "updateBy": 2}.get(method)
        if place is None or len(e.args) <= place or not isinstance(e.args[place], n.Lambda):
            return
        body = e.args[place].body  # type: ignore[union-attr]
        plain = isinstance(body, n.ListLiteral) and all(
            isinstance(item, n.Member) and isinstance(item.object, n.Name) for item in body.items
        )
        if not plain:
            self.report(rules.PROPERTY_LIST, body.span)

    def filter_clause(self, clause: str) -> Over:
        return Over(clause)

    @abstractmethod
    def foreign_entity_logic(self, e: n.Call, entity: str, method: str) -> Advice | None: ...

    @property
    @abstractmethod
    def key_names(self) -> dict[str, tuple[str, ...]]: ...


def _filter_second(e: n.Call) -> n.Call:
    """`updateBy(filter, body)` is allowed as well: the lambda tells which is which."""
    if len(e.args) >= 2 and isinstance(e.args[0], n.Lambda) and not isinstance(e.args[1], n.Lambda):
        return n.Call(e.span, e.callee, e.type_args, (e.args[1], e.args[0], *e.args[2:]))
    return e

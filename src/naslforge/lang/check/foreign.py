"""Habits of other languages in calls: methods on values, functions and objects that NASL does not have."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.queries import Queries
from naslforge.lang.check.suggest import Advice, Words, near_name
from naslforge.lang.types import UNKNOWN, Type, Unknown, show


class Foreign(Queries):
    """Says the NASL way of what was written in another language's way."""

    def foreign_method(self, e: n.Call, callee: n.Member, owner: Type) -> Type:
        self.loose(e)
        if not isinstance(owner, Unknown):
            advice = near_name(callee.name.name, ())
            facts: Words = {"name": callee.name.name, "type": f"`{show(owner)}`"}
            self.report(rules.UNKNOWN_METHOD, callee.name.span, **facts, **advice.near)
        return UNKNOWN

    def foreign_call(self, e: n.Call, path: str) -> Type | None:
        return None

    def foreign_new(self, e: n.New) -> Type | None:
        return None

    def foreign_name(self, name: str) -> Advice | None:
        return None

    def near_function(self, name: str) -> Advice | None:
        return None

    def lambda_advice(self, e: n.Lambda, name: str) -> Advice:
        return Advice()

    def count_advice(self, e: n.Call, name: str) -> Advice:
        return Advice()

    def foreign_entity_logic(self, e: n.Call, entity: str, method: str) -> Advice | None:
        return None

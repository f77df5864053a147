"""What writers of React, Vue and HTML put into pages: reported, mended where an edit can, read as what it means."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.functions import FunctionLowering


class ElementHabits(FunctionLowering):
    """Habits in tags, attributes and between tags."""

    loose: list[n.Comment]  # comments that wait for the next place where one can stand

    def content_of(self, cst: CST) -> "n.Element | n.Fragment | n.Hole":
        raise NotImplementedError  # ElementLowering

    def plain_tag(self, cst: CST, text: str) -> str:
        return text

    def closing_tag(self, cst: CST, opening: CST) -> None:
        pass

    def spread_attributes(self, cst: CST) -> None:
        self.fault(rules.SPREAD, cst, advice="; write the attributes", advice_zh="，请逐个写出属性")

    def attribute_name(self, cst: CST, name: CST) -> n.Ident:
        return self.ident(name)

    def empty_braces(self, name: n.Ident, cst: CST) -> n.Hole:
        self.fault(rules.MISSING_NAME, cst)
        return n.Hole(self.at(cst))

    def attribute_value(self, name: n.Ident, cst: CST) -> n.Expr:
        return self.expr(cst)

    def handler_habit(self, name: n.Ident, cst: CST) -> n.Expr:
        return self.expr(cst)

    def nameless_handler(self, name: n.Ident, cst: CST) -> n.Function:
        return self.function(cst, cst, n.Ident(self.at(cst).at_start(), self.fresh("handle")), None)

    def gives_element(self, arrow: CST) -> bool:
        """Is it a slot with data?"""
        body = field(arrow, "body")
        while body.type == "parenthesized_expression" and len(parts(body)) == 1:
            body = parts(body)[0]
        return body.type.startswith("jsx")

    def block_slot(self, body: CST) -> CST:
        return body

    def is_value(self, cst: CST) -> bool:
        return False

    def text_between(self, said: list[CST]) -> "list[n.Element | n.Comment | n.Hole]":
        return []

    def child_habit(self, cst: CST, inner: CST) -> "list[n.Element | n.Comment | n.Hole]":
        return [n.Hole(self.at(cst))]

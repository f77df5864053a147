"""`(function match(_value) { if … })(subject)`."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.queries import QueryLowering


class MatchLowering(QueryLowering):
    """A match is a function called on the spot; any other such function is refused."""

    def match(self, cst: CST, function: CST) -> n.Match | n.Hole:
        name, body = fields(function, "name", "body")
        args = parts(field(cst, "arguments"))
        if function.type != "function_expression" or self.text(name) != "match":
            self.fault(rules.FUNCTION_ON_THE_SPOT, cst)
            return self.hole(cst)
        names = self.lambda_params(function)
        chain = parts(body)
        if len(names) != 1 or len(args) != 1 or len(chain) != 1 or chain[0].type != "if_statement":
            self.fault(rules.MATCH_SHAPE, cst)
            return self.hole(cst)
        with self.deeper():
            branches, otherwise = self.branches(chain[0], {names[0].name, self.text(args[0])})
            return n.Match(self.at(cst), names[0], self.expr(args[0]), tuple(branches), otherwise)

    def branches(self, chain: CST | None, subjects: set[str]) -> tuple[list[n.Branch], n.Block | None]:
        """The `if`s of the chain and its last `else`."""
        found: list[n.Branch] = []
        while chain is not None and chain.type == "if_statement":
            test, then, otherwise = fields(chain, "condition", "consequence", "alternative")
            patterns = tuple(self.patterns(test, subjects))
            found.append(n.Branch(self.between(chain, then), patterns, self.block(then)))
            chain = parts(otherwise)[0] if otherwise is not None and parts(otherwise) else None
        return found, self.block(chain) if chain is not None else None

    def patterns(self, test: CST, subjects: set[str]) -> list[n.Expr | n.TypeName]:
        """The patterns of one test: equalities with the subject, joined by `||`."""
        with self.deeper():
            if test.type == "parenthesized_expression" and len(parts(test)) == 1:
                return self.patterns(parts(test)[0], subjects)
            left, op, right = fields(test, "left", "operator", "right")
            sign = self.text(op)
            if test.type == "binary_expression" and sign == "||":
                return [*self.patterns(left, subjects), *self.patterns(right, subjects)]
            if test.type == "binary_expression" and sign == "instanceof" and self.text(left) in subjects:
                return [n.TypeName(self.at(right), self.text(right))]
            if test.type == "binary_expression" and sign in ("==", "==="):
                for subject, pattern in ((left, right), (right, left)):
                    if self.text(subject) in subjects:
                        return [self.expr(pattern)]
            if test.type == "identifier" and test.text is not None and self.text(test) in subjects:
                return [n.Bool(self.at(test), True)]  # `if (_value)`: a Boolean
            self.fault(rules.MATCH_TEST, test)
            return [self.hole(test)]

"""Statements and logics to Python text.

Steps are counted in a local `n`, by whole blocks: a loop adds the weight of its body at every turn, a logic the weight
of what is not in loops, once.
"""

from collections.abc import Iterator

from naslforge.lang import Span
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import GlobalVariable, Local
from naslforge.run.emit_base import call_steps
from naslforge.run.emit_calls import Calls

NO_TRANSACTION = ("SUPPORTS", "NOT_SUPPORTED", "NEVER")
EMPTY = {t.ListOf: "[]", t.MapOf: "{}"}


class Statements(Calls):
    """Writes lines. `logic` is the logic under work, `matches` what must stand before its first statement."""

    logic: n.Function
    result: str  # the text of the result variable's present value
    inside_match: bool
    matches: list[tuple[list[str], list[Span | None]]]
    traced = False
    level: int  # of indentation inside the logic, or inside the match that is a function of its own

    # --- logics

    def define(self, name: str, logic: n.Function, first: tuple[str, ...] = ()) -> None:
        """The definition of a logic as a Python function, with parameters of ours before its own."""
        assert logic.body is not None
        self.logic = logic
        self._begin()
        params = [self.declared(p, p.name.name) for p in logic.params]
        defaults = ["MISSING" if p.default is not None else "None" for p in logic.params]
        header = ", ".join([*first, *(f"{p}={d}" for p, d in zip(params, defaults, strict=True))])
        inner = name
        if self._transactional(logic):
            inner = f"{name}_inside"
            self.line(f"def {name}(*values):")
            self.line("    with db.transaction():")
            self.line(f"        return {inner}(*values)")
        self.line(f"def {inner}({header}):", logic.name.span)
        self.indent += 1
        self.line(f"n = enter({weight(logic.body)})", logic.name.span)
        place = len(self.lines)
        for param, text in zip(logic.params, params, strict=True):
            if param.default is not None:
                value = self.as_type(param.default, self.checked.names[param])
                self.line(f"if {text} is MISSING: {text} = {value}", param.span)
        self._result_variable(logic)
        self.block(logic.body)
        if not (logic.body.statements and isinstance(logic.body.statements[-1], n.Return)):
            self.line(f"return leave(n, {self.result})", logic.name.span)
        self._insert_matches(place)
        self.indent -= 1

    def _begin(self) -> None:
        """A function of its own begins: nothing is around it."""
        self.inside_match = False
        self.around, self.indexes, self.matches, self.level = [], set(), [], 1
        self._taken = set()

    def _transactional(self, logic: n.Function) -> bool:
        tag = logic.doc.tag("transactional") if logic.doc else None
        return tag is not None and not any(word in NO_TRANSACTION for word in tag.upper().split())

    def _result_variable(self, logic: n.Function) -> None:
        """`return;` and the end yield the variable that some `return x;` names, else the result's start value."""
        self.result = "None"
        for found in _returns(logic):
            if isinstance(found.value, n.Name):
                ref = self.checked.refs.get(found.value)
                if isinstance(ref, Local) and ref.kind == "variable":
                    self.result = self.declared(ref.declared, ref.name)
                    return
        type_ = self.checked.results.get(logic, t.VOID)
        if type_ != t.VOID:
            self.result = self.start(type_)

    def start(self, type_: t.Type) -> str:
        """The text of a start value (REFERENCE 2.7)."""
        if isinstance(type_, t.ListOf | t.MapOf):
            return EMPTY[type(type_)]
        made = isinstance(type_, t.Structure | t.Entity | t.Anonymous) and type_ != t.REGEX
        return f"start({self.type(type_)})" if made else "None"

    def _insert_matches(self, place: int) -> None:
        """Matches with statements in their branches are functions inside the logic, before its first statement."""
        for lines, spans in self.matches:
            self.lines[place:place], self.spans[place:place] = lines, spans

    # --- statements

    def block(self, block: n.Block) -> None:
        before = len(self.lines)
        for statement in block.statements:
            self.statement(statement)
        if len(self.lines) == before:
            self.line("pass", block.span)

    def statement(self, s: n.Stmt) -> None:
        match s:
            case n.Let():
                self._let(s)
            case n.Assign(_, target, value):
                self._assign(s, target, value)
            case n.ExprStmt(_, n.Match() as match):
                self._match(match)
            case n.ExprStmt(_, expr):
                self.line(self.told(s.span, "", self.expr(expr)), s.span)
            case n.If():
                self._if(s, "if")
            case n.While(_, test, body):
                self.line(f"while {self.tested(test)}:", test.span)
                self._turn(body, more=call_steps(test))
            case n.ForList():
                self._for(s)
            case n.Return(_, value):
                self._return(s, value)
            case n.Abort(_, message):
                self.line(f"abort({'' if message is None else self.expr(message)})", s.span)

    def _let(self, s: n.Let) -> None:
        type_ = self.checked.names.get(s, t.UNKNOWN)
        value = self.start(type_) if s.init is None else self.as_type(s.init, type_)
        self.line(f"{self.declared(s, s.name.name)} = {self.told(s.span, s.name.name, value)}", s.span)

    def _assign(self, s: n.Assign, target: n.Expr, value: n.Expr) -> None:
        wanted = self.type_of(target)
        text = self.told(s.span, target.span.text, self.as_type(value, wanted))
        match self.checked.refs.get(target):
            case Local(name, "page", _, _):
                self.line(f"pg[{name!r}] = {text}", s.span)
                return
            case Local(name, _, declared, _):
                self.line(f"{self.declared(declared, name)} = {text}", s.span)
                return
            case GlobalVariable(name, _):
                self.line(f"variables[{name!r}] = {text}", s.span)
                return
        assert isinstance(target, n.Member)
        self.line(f"store({self.expr(target.object)}, {target.name.name!r}, {text})", s.span)
        root: n.Expr = target
        while isinstance(root, n.Member):
            root = root.object
        if isinstance(ref := self.checked.refs.get(root), Local) and ref.kind == "page":
            self.line(f"pg.changed.add({ref.name!r})", s.span)

    def _if(self, s: n.If, word: str) -> None:
        self.line(f"{word} {self.tested(s.test)}:", s.test.span)
        self._inner(s.then)
        if isinstance(s.otherwise, n.If):
            self._if(s.otherwise, "elif")
        elif s.otherwise is not None and s.otherwise.statements:
            self.line("else:", s.otherwise.span)
            self._inner(s.otherwise)

    def _inner(self, block: n.Block) -> None:
        self.indent += 1
        self.block(block)
        self.indent -= 1

    def _for(self, s: n.ForList) -> None:
        if s.index is not None:
            self.indexes.add(id(s.index))
        index = "_" if s.index is None else self.declared(s.index, s.index.name)
        item = self.declared(s.item, s.item.name)
        bounds = [self.expr(s.list)]
        if s.start is not None or s.end is not None:
            bounds.append("None" if s.start is None else self.expr(s.start))
        if s.end is not None:
            bounds.append(self.expr(s.end))
        self.line(f"for {index}, {item} in turns({', '.join(bounds)}):", s.list.span)
        self._turn(s.body, f"{item} = {self.told(s.item.span, s.item.name, item)}")

    def _turn(self, body: n.Block, first: str = "", more: int = 0) -> None:
        """The body of a loop, which counts its steps first, and those of the loop's condition."""
        self.indent += 1
        if self.traced and first:
            self.line(first, body.span)
        self.line(f"n += {weight(body) + more}", body.span)
        self.line("if n > 1000: n = flush(n)", body.span)
        self.block(body)
        self.indent -= 1

    def _return(self, s: n.Return, value: n.Expr | None) -> None:
        if self.inside_match:
            self.line(f"return {'None' if value is None else self.expr(value)}", s.span)
            return
        type_ = self.checked.results.get(self.logic, t.VOID)
        text = self.result if value is None else self.as_type(value, type_)
        self.line(f"return leave(n, {self.told(s.span, 'return', text)})", s.span)

    # --- what a trace tells

    def told(self, span: Span, name: str, value: str) -> str:
        """The value, which a traced run notes with its line and name (a variable, `return`, `test`, or nothing)."""
        if not self.traced:
            return value
        return f"seen({span.source.name!r}, {span.source.position(span.start).line}, {name!r}, {value})"

    def tested(self, e: n.Expr) -> str:
        return self.told(e.span, "test", self.condition(e))

    # --- match

    def _match(self, e: n.Match) -> None:
        """A match used as a statement: the branches hold statements, `return` ends the logic."""
        subject = self.declared(e.param, e.param.name)
        self.line(f"{subject} = {self.expr(e.subject)}", e.subject.span)
        self._branches(e, subject)

    def _branches(self, e: n.Match, subject: str) -> None:
        word = "if"
        for branch in e.branches:
            self.line(f"{word} {self._test(e, branch, subject)}:", branch.span)
            self._inner(branch.body)
            word = "elif"
        if e.otherwise is not None and e.otherwise.statements:
            self.line("else:" if e.branches else "if True:", e.otherwise.span)
            self._inner(e.otherwise)

    def _test(self, e: n.Match, branch: n.Branch, subject: str) -> str:
        tests = []
        for pattern in branch.patterns:
            if isinstance(pattern, n.TypeName):
                tests.append(f"is_instance({subject}, {self.type(self.pattern_type(pattern))}, shapes)")
            else:
                kind = t.NULL if isinstance(pattern, n.Null) else self.type_of(pattern)
                tests.append(self.equal_texts(subject, self.type_of(e.subject), self.expr(pattern), kind))
        return " or ".join(tests)

    def pattern_type(self, pattern: n.TypeName) -> t.Type:
        """The type that a type pattern names."""
        found = self.checked.types.get(pattern)
        if found is not None:
            return found
        if pattern.name in t.PRIMITIVES:
            return t.PRIMITIVES[pattern.name]
        declared = self.checked.symbols.by_name.get(pattern.name)
        if pattern.name in ("List", "Map"):
            return t.ListOf(t.ANY) if pattern.name == "List" else t.MapOf(t.ANY, t.ANY)
        entity = declared is not None and declared.name.rsplit(".", 2)[-2] == "entities"
        return t.Entity(pattern.name) if entity else t.Structure(pattern.name)

    def match_value(self, e: n.Match) -> str:
        """A match used as a value: a conditional expression, or a function where branches hold statements."""
        bodies = [branch.body for branch in e.branches] + ([e.otherwise] if e.otherwise else [])
        if not all(_single(body) for body in bodies):
            return self._match_function(e)
        subject = self.declared(e.param, e.param.name)
        head, rest = f"({subject} := {self.expr(e.subject)})", "None"
        if e.otherwise is not None:
            rest = self._value_of(e.otherwise)
        for branch in reversed(e.branches):
            rest = f"({self._value_of(branch.body)} if {self._test(e, branch, subject)} else {rest})"
        return f"({head}, {rest})[1]"

    def _value_of(self, body: n.Block) -> str:
        found = next(s for s in body.statements if isinstance(s, n.Return))
        return "None" if found.value is None else self.expr(found.value)

    def _match_function(self, e: n.Match) -> str:
        name = f"m{len(self._names)}_{self.temp()}"
        subject = self.declared(e.param, e.param.name)
        outer = self.lines, self.spans, self.indent, self.inside_match, self.matches, self.level
        self.lines, self.spans, self.indent, self.inside_match, self.matches = [], [], self.level, True, []
        self.level += 1
        given = ", ".join([subject, *self.around])
        self.line(f"def {name}({given}):", e.span)
        self.indent += 1
        assigned = sorted(self._assigned(e))
        if assigned:
            self.line(f"nonlocal {', '.join(assigned)}", e.span)
        self.line("n = 0", e.span)
        place = len(self.lines)
        self._branches(e, subject)
        self.line("flush(n)", e.span)
        self._insert_matches(place)
        made = self.lines, self.spans
        self.lines, self.spans, self.indent, self.inside_match, self.matches, self.level = outer
        self.matches.append(made)
        return f"{name}({', '.join([self.expr(e.subject), *self.around])})"

    def _assigned(self, e: n.Match) -> set[str]:
        found = set()
        for node in e.walk():
            if isinstance(node, n.Assign) and isinstance(ref := self.checked.refs.get(node.target), Local):
                found.add(self.declared(ref.declared, ref.name))
        return found


def _returns(logic: n.Function) -> Iterator[n.Return]:
    """The returns of a logic, not those that give the value of a match."""
    waiting: list[n.Node] = [logic]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, n.Return):
            yield node
        elif isinstance(node, n.ExprStmt) and isinstance(node.expr, n.Match):
            waiting += node.expr.children()
        elif isinstance(node, n.Function | n.Block | n.If | n.While | n.ForList | n.Branch):
            waiting += node.children()


def _single(body: n.Block) -> bool:
    """Nothing but one return with a value, comments aside?"""
    real = [s for s in body.statements if not isinstance(s, n.Comment)]
    return len(real) == 1 and isinstance(real[0], n.Return)


def weight(block: n.Block) -> int:
    """How many steps the block counts for: its statements and the calls in them, those in loops and lambdas apart."""
    total = 1
    waiting: list[n.Node] = list(block.statements)
    while waiting:
        node = waiting.pop()
        if isinstance(node, n.While | n.ForList):
            total += 1
        elif isinstance(node, n.Let | n.Assign | n.ExprStmt | n.If | n.Return | n.Abort | n.Block | n.Match | n.Branch):
            total += not isinstance(node, n.Block | n.Branch)
            waiting += node.children()
        else:
            total += call_steps(node)
    return total

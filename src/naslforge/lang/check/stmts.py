"""Statements: branches, loops, match and return."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.suggest import Advice, Words, replace, say
from naslforge.lang.check.variables import Variables
from naslforge.lang.scope import Local
from naslforge.lang.types import (
    DECIMAL,
    LONG,
    NULL,
    STRING,
    UNKNOWN,
    VOID,
    EnumType,
    ListOf,
    MapOf,
    Type,
    Unknown,
    fits,
    show,
)


class Statements(Variables):
    """Checks the bodies of logics."""

    def statements(self, block: n.Block) -> None:
        for statement in block.statements:
            self.statement(statement)

    def statement(self, s: n.Stmt) -> None:
        match s:
            case n.Let():
                self.let(s)
            case n.Assign():
                self.assign(s)
            case n.ExprStmt(_, expr):
                if isinstance(expr, n.Match):
                    self._match(expr, None, as_value=False)
                    self.types[expr] = VOID
                else:
                    self.expr(expr)
            case n.If():
                self._if(s)
            case n.While(_, test, body):
                self.condition(test, "the condition of `while`", "`while` 的条件")
                self.statements(body)
            case n.ForList():
                self._for(s)
            case n.Return():
                self._return(s)
            case n.Abort(_, message):
                if message is not None:
                    self.want(message, STRING, "the message of `abort`", "`abort` 的消息")
            case n.Comment() | n.Hole():
                pass

    # --- branches and loops

    def _if(self, s: n.If) -> None:
        self.condition(s.test, "the condition of `if`", "`if` 的条件")
        self.statements(s.then)
        if isinstance(s.otherwise, n.If):
            self._if(s.otherwise)
        elif s.otherwise is not None:
            self.statements(s.otherwise)

    def _for(self, s: n.ForList) -> None:
        given = self.value(s.list)
        for bound, name in ((s.start, "start"), (s.end, "end")):
            if bound is not None:
                self.want(bound, LONG, f"the {name} of a loop", "循环的起止位置")
        item: Type = UNKNOWN
        if isinstance(given, ListOf):
            item = given.item
        elif not isinstance(given, Unknown) and given is not NULL and show(given) != "Any":
            before = s.span.source.span(s.span.start, s.list.span.start).text
            advice = self._loop_advice(s, given) if "ListEntries" in before or "ForEach" in before else Advice()
            self.report(rules.NOT_A_LIST, s.list.span, given=f"`{show(given)}`", fixes=advice.fixes, **advice.facts)
        with self.block():
            if s.index is not None:
                self.declare(s.index, LONG, "loop")
            self.declare(s.item, item, "loop")
            self.statements(s.body)

    def _loop_advice(self, s: n.ForList, given: Type) -> Advice:
        text = s.list.span.text
        safe = True
        if isinstance(given, MapOf):
            instead, safe = f"nasl.util.MapKeys({text})", False
        elif given is STRING:
            instead = f"nasl.util.Split({text}, '')"
        elif given is LONG:
            instead = f"nasl.util.ListRange(0, {text}, 1)"
        elif "list" in dict(self.fields_of(given) or ()):
            instead = f"{text}.list"
        else:
            return Advice()
        return say(instead, replace(s.list.span, instead, safe=safe))

    # --- match

    def match_value(self, e: n.Match, expected: Type | None) -> Type:
        return self._match(e, expected, as_value=True)

    def _match(self, e: n.Match, expected: Type | None, *, as_value: bool) -> Type:
        subject = self.value(e.subject)
        found: list[tuple[n.Expr, Type]] = []
        with self.block():
            self.declare(e.param, subject, "match")
            for branch in e.branches:
                narrowed = self._patterns(branch, e, subject)
                self._branch(branch.body, narrowed, e, found if as_value else None, expected)
            if e.otherwise is not None:
                self._branch(e.otherwise, None, e, found if as_value else None, expected)
        return self._match_result(found, expected) if as_value else VOID

    def _patterns(self, branch: n.Branch, e: n.Match, subject: Type) -> Type | None:
        """The types of a branch's patterns; that of a single type pattern narrows the subject."""
        narrowed = None
        for pattern in branch.patterns:
            if isinstance(pattern, n.TypeName):
                narrowed = self.annotation(pattern)
                continue
            given = self.value(pattern, subject)
            if isinstance(subject, EnumType) and isinstance(pattern, n.Text):
                self._report_enum_text(pattern, subject)
            elif not fits(given, subject, self.fields_of) and not fits(subject, given, self.fields_of):
                facts: Words = {"given": f"`{show(given)}`", "wanted": f"`{show(subject)}`"}
                advice = self.mend(pattern, given, subject)
                self.report(rules.MATCH_PATTERN, pattern.span, fixes=advice.fixes, **facts)
        return narrowed if len(branch.patterns) == 1 else None

    def _branch(
        self,
        body: n.Block,
        narrowed: Type | None,
        e: n.Match,
        found: list[tuple[n.Expr, Type]] | None,
        expected: Type | None,
    ) -> None:
        with self.block() as scope:
            if narrowed is not None:
                scope.names[e.param.name] = Local(e.param.name, "match", e.param, narrowed)
                subject = self.refs.get(e.subject)
                if isinstance(e.subject, n.Name) and isinstance(subject, Local):
                    scope.names[subject.name] = Local(subject.name, subject.kind, subject.declared, narrowed)
            for statement in body.statements:
                if found is not None and isinstance(statement, n.Return):
                    if statement.value is not None:
                        found.append((statement.value, self.value(statement.value, expected)))
                else:
                    self.statement(statement)

    def _match_result(self, found: list[tuple[n.Expr, Type]], expected: Type | None) -> Type:
        """The common type of the branches."""
        result: Type = NULL
        for value, given in found:
            both = self.common(result, given)
            if both is None:
                facts: Words = {"left": f"`{show(result)}`", "right": f"`{show(given)}`"}
                self.report(rules.BRANCH_TYPES, value.span, **facts)
                return UNKNOWN
            result = both
        if expected is DECIMAL and result is LONG:
            result = DECIMAL
        for value, given in found:
            self.widen(value, given, result)
        return result

    # --- return

    def _return(self, s: n.Return) -> None:
        logic = self.logic
        if s.value is None or logic is None:
            return
        logic.returns_value = True
        if logic.wanted is VOID:
            self.expr(s.value)
            span = s.value.span
            self.report(rules.UNWANTED_RETURN, span, name=logic.function.name.name)
            return
        wanted = logic.wanted or logic.found
        given = self.value(s.value, wanted)
        if isinstance(s.value, n.Name) and isinstance(ref := self.refs.get(s.value), Local) and ref.kind == "variable":
            logic.named.append(ref)
        if wanted is None or isinstance(wanted, Unknown):
            logic.found = None if given is NULL else given
            return
        place = f"the result of `{logic.function.name.name}`"
        self.fit(s.value, given, wanted, place, f"`{logic.function.name.name}` 的返回值")

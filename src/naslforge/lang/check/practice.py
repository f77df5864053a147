"""Good practice: what is allowed, but is useless, slow or sure to fail. Runs over programs without errors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Facts
from naslforge.lang.check.failing import sure_to_fail
from naslforge.lang.check.page_practice import page_practice
from naslforge.lang.check.suggest import same
from naslforge.lang.diagnostics import Diagnostic, Edit, Fix, Report
from naslforge.lang.scope import EntityCall, EnumItem, LibraryCall, Local
from naslforge.lang.types import (
    BOOLEAN,
    VOID,
    Anonymous,
    Entity,
    EnumType,
    ListOf,
    MapOf,
    Structure,
    Type,
)

N = TypeVar("N", bound=n.Node)

_BATCHES = {"create": "batchCreate", "update": "batchUpdate", "delete": "batchDelete"}
_CHANGES_LIST = {"Add", "AddAll", "Insert", "Remove", "RemoveAt", "Clear", "ListDistinct", "ListReverse", "ListSort"}
_LEAVES, _BLOCKS, _WORK = (n.Return, n.Abort), (n.Block, n.If), (n.Query, n.Call)
_PURE = (n.Name, n.Member, n.Number, n.Text, n.Bool, n.Null, n.Binary, n.Unary)


def practice(units: Iterable[n.Unit], facts: Facts) -> list[Diagnostic]:
    """The practice diagnostics for the text that the author wrote."""
    report = Report()
    for unit in units:
        if not unit.source.context:
            for function in _functions(unit):
                if function.body is not None:
                    _Practice(facts, report).function(function)
            page_practice(unit, facts, report)
    return report.found


def _functions(unit: n.Unit) -> Iterator[n.Function]:
    """The logics of a text, outermost ones: nothing stands in the body of one."""
    todo: list[n.Node] = list(reversed(unit.items))
    while todo:
        node = todo.pop()
        if isinstance(node, n.Function):
            yield node
        else:
            todo += reversed(node.children())


class Kinds:
    """The nodes of a tree by their class, each class in the order of the text: one walk for many questions."""

    def __init__(self, root: n.Node) -> None:
        self._found: defaultdict[type[n.Node], list[Any]] = defaultdict(list)
        for node in root.walk():
            self._found[type(node)].append(node)

    def of(self, kind: type[N]) -> list[N]:
        return self._found.get(kind, [])


class _Practice:
    """Looks at one logic."""

    def __init__(self, facts: Facts, report: Report) -> None:
        self.facts, self.report = facts, report

    def function(self, function: n.Function) -> None:
        assert function.body is not None
        inside = Kinds(function.body)
        self.names(function, inside)
        self.results(inside)
        self.block(function.body, loops=())
        for call in inside.of(n.Call):
            sure_to_fail(call, self.facts, self.report)
        for binary in inside.of(n.Binary):
            sure_to_fail(binary, self.facts, self.report)
            self.binary(binary)
        for match in inside.of(n.Match):
            if self.facts.types.get(match) is not VOID:
                self.coverage(match)

    # --- names

    def names(self, function: n.Function, inside: "Kinds") -> None:
        targets = {s.target for s in inside.of(n.Assign)}
        read: set[n.Node] = set()
        written: set[n.Node] = set()
        for name in inside.of(n.Name):
            ref = self.facts.refs.get(name)
            if isinstance(ref, Local):
                (written if name in targets else read).add(ref.declared)
        for let in inside.of(n.Let):
            self.variable(let, let in read, let in written)
        for param in function.params:
            event = param.type is None and function in self.facts.around  # a handler may ignore its event
            if param not in read and param not in written and not event:
                self.report.add(rules.UNUSED_PARAMETER, param.name.span, name=param.name.name)

    def variable(self, let: n.Let, read: bool, written: bool) -> None:
        name = let.name.name
        if not read and not written:
            plain = let.init is None or isinstance(let.init, n.Number | n.Text | n.Bool | n.Null)
            fixes = [Fix("leave it out", (Edit(let.span, ""),), "safe")] if plain else []
            self.report.add(rules.UNUSED_VARIABLE, let.name.span, name=name, fixes=fixes)
        elif not read:
            self.report.add(rules.UNREAD_VARIABLE, let.name.span, name=name)
        elif not written and let.init is None and not _starts_filled(self.facts.names.get(let)):
            self.report.add(rules.NEVER_ASSIGNED, let.name.span, name=name)

    def results(self, inside: "Kinds") -> None:
        """All returns of a logic name one variable."""
        first: Local | None = None
        for node in inside.of(n.Return):
            if isinstance(node.value, n.Name):
                ref = self.facts.refs.get(node.value)
                if not isinstance(ref, Local) or ref.kind != "variable":
                    continue
                first = first or ref
                if ref.declared is not first.declared:
                    self.report.add(rules.SEVERAL_RESULTS, node.span, first=first.name, second=ref.name)
                    return

    # --- statements

    def block(self, block: n.Block, loops: tuple[n.Stmt, ...]) -> None:
        ended = False
        for statement in block.statements:
            if ended and not isinstance(statement, n.Comment):
                rest = statement.span.to(block.statements[-1].span)
                fixes = [Fix("leave out what is never reached", (Edit(rest, ""),))]
                self.report.add(rules.UNREACHABLE, statement.span, fixes=fixes)
                return
            self.statement(statement, loops)
            ended = isinstance(statement, _LEAVES)

    def statement(self, s: n.Stmt, loops: tuple[n.Stmt, ...]) -> None:
        if loops:
            self.in_loop(s, loops)
        match s:
            case n.Assign():
                if same(s.target, s.value):
                    fixes = [Fix("leave it out", (Edit(s.span, ""),))]
                    self.report.add(rules.SELF_ASSIGNMENT, s.span, name=s.target.span.text, fixes=fixes)
            case n.ExprStmt(expr=expr):
                self.unused_result(expr)
            case n.If():
                self.conditions(s)
                self.block(s.then, loops)
                if isinstance(s.otherwise, n.If):
                    self.statement(s.otherwise, loops)
                elif s.otherwise is not None:
                    self.block(s.otherwise, loops)
            case n.While():
                self.loop_condition(s)
                self.block(s.body, (*loops, s))
            case n.ForList():
                self.block(s.body, (*loops, s))

    def unused_result(self, e: n.Expr) -> None:
        call = self.facts.calls.get(e)
        if isinstance(call, LibraryCall) and call.builtin.pure:
            self.report.add(rules.UNUSED_RESULT, e.span, name=call.builtin.full_name)
        elif isinstance(e, n.Query):
            self.report.add(rules.UNUSED_RESULT, e.span, name="FROM")

    def conditions(self, s: n.If) -> None:
        known = constant(s.test)
        if known is not None:
            self.report.add(rules.CONSTANT_CONDITION, s.test.span, value=str(known).lower())
        above, later = [s.test], s.otherwise
        while isinstance(later, n.If):
            if any(same(test, later.test) for test in above):
                self.report.add(rules.REPEATED_CONDITION, later.test.span)
            above.append(later.test)
            later = later.otherwise

    def loop_condition(self, s: n.While) -> None:
        leaves = any(isinstance(node, _LEAVES) for node in s.body.walk())
        known = constant(s.test)
        if known is True and not leaves:
            self.report.add(rules.ENDLESS_LOOP, s.test.span)
        elif known is False:
            self.report.add(rules.CONSTANT_CONDITION, s.test.span, value="false")
        elif known is None and not leaves and self.unchanging(s):
            self.report.add(rules.UNCHANGING_CONDITION, s.test.span)

    def unchanging(self, s: n.While) -> bool:
        """Do only plain local values decide, none of which the body assigns?"""
        if not all(isinstance(node, _PURE) for node in s.test.walk() if not isinstance(node, n.Ident)):
            return False
        decide = {ref.declared for node in s.test.walk() if isinstance(ref := self.facts.refs.get(node), Local)}
        objects = [node for node in s.test.walk() if isinstance(node, n.Member)]
        changed = {self._declared(a.target) for a in s.body.walk() if isinstance(a, n.Assign)}
        return bool(decide) and not objects and not decide & changed

    def _declared(self, target: n.Expr) -> n.Node | None:
        ref = self.facts.refs.get(target)
        return ref.declared if isinstance(ref, Local) else None

    def in_loop(self, s: n.Stmt, loops: tuple[n.Stmt, ...]) -> None:
        """What one statement (without the blocks in it) does in every turn."""
        for node in _own(s):
            if not isinstance(node, _WORK):
                continue
            call = self.facts.calls.get(node)
            if isinstance(node, n.Query):
                self.report.add(rules.QUERY_IN_LOOP, node.span, what="a query", what_zh="查询")
            elif isinstance(call, EntityCall) and call.method == "get":
                self.report.add(rules.QUERY_IN_LOOP, node.span, what="`get`", what_zh=" `get` ")
            elif isinstance(call, EntityCall) and call.method in _BATCHES:
                self.report.add(rules.WRITE_IN_LOOP, node.span, name=call.method, batch=_BATCHES[call.method])
            elif isinstance(call, LibraryCall) and call.builtin.name in _CHANGES_LIST:
                lists = [loop.list for loop in loops if isinstance(loop, n.ForList)]
                if node.args and any(same(node.args[0], xs) for xs in lists):
                    self.report.add(rules.CHANGED_WHILE_LOOPING, node.span, name=call.builtin.name)

    # --- expressions

    def binary(self, e: n.Binary) -> None:
        facts = self.facts
        if e.op in ("<", "<=", ">", ">=") and (isinstance(e.left, n.Null) or isinstance(e.right, n.Null)):
            self.report.add(rules.NULL_COMPARISON, e.span, op=e.op)
        elif e.op in ("==", "!=", "<", "<=", ">", ">=", "-", "&&", "||") and same(e.left, e.right):
            if isinstance(e.left, n.Name | n.Member | n.Binary):
                self.report.add(rules.SELF_COMPARISON, e.span, op=e.op)
        elif e.op in ("==", "!=") and e not in facts.over_rows:
            self.equality(e)

    def equality(self, e: n.Binary) -> None:
        left, right = self.facts.types.get(e.left), self.facts.types.get(e.right)
        objects = Structure | Entity | Anonymous | ListOf | MapOf
        if isinstance(left, objects) and isinstance(right, objects):
            self.report.add(rules.IDENTITY_COMPARISON, e.span, op=e.op)
        for side, other in ((e.left, e.right), (e.right, e.left)):
            if isinstance(side, n.Bool) and (left, right) == (BOOLEAN, BOOLEAN):
                fixes = [_bare_condition(other, e, side.value == (e.op == "=="))]
                self.report.add(rules.BOOLEAN_COMPARISON, e.span, value=str(side.value).lower(), fixes=fixes)

    def coverage(self, e: n.Match) -> None:
        """A match used as a value, without `else`, that leaves cases out."""
        subject = self.facts.types.get(e.subject)
        if e.otherwise is not None:
            return
        patterns = [p for branch in e.branches for p in branch.patterns]
        if any(isinstance(p, n.TypeName) for p in patterns):
            return
        if isinstance(subject, EnumType):
            covered = {ref.member for p in patterns if isinstance(ref := self.facts.refs.get(p), EnumItem)}
            missing = [name for name, _, _ in self.facts.enums.get(subject.name, ()) if name not in covered]
        elif subject is BOOLEAN:
            values = {p.value for p in patterns if isinstance(p, n.Bool)}
            missing = [str(v).lower() for v in (True, False) if v not in values]
        else:
            missing = ["other values"]
        if missing:
            zh = "其他值" if missing == ["other values"] else "、".join(missing)
            self.report.add(rules.INCOMPLETE_MATCH, e.span, missing=", ".join(missing), missing_zh=zh)


def _own(s: n.Stmt) -> Iterator[n.Node]:
    """The nodes of a statement outside the blocks in it."""
    todo: list[n.Node] = [s]
    while todo:
        node = todo.pop()
        yield node
        todo += [child for child in node.children() if not isinstance(child, _BLOCKS)]


def constant(e: n.Expr) -> bool | None:
    """What a condition of literals always is; None where it depends on something."""
    match e:
        case n.Bool(value=value):
            return value
        case n.Unary(op="!", operand=operand):
            inner = constant(operand)
            return None if inner is None else not inner
        case n.Binary(op="&&" | "||" as op, left=left, right=right):
            sides = (constant(left), constant(right))
            decisive = op == "||"
            if decisive in sides:
                return decisive
            return None if None in sides else not decisive
        case n.Binary(op="==" | "!=" as op, left=n.Number() | n.Text() as left, right=n.Number() | n.Text() as right):
            return (left.span.text == right.span.text) == (op == "==")
        case _:
            return None


def _bare_condition(condition: n.Expr, whole: n.Binary, holds: bool) -> Fix:
    """`whole` without its comparison; not safe, because `null == false` is false and `!null` is true."""
    text = condition.span.text
    if not holds:
        text = f"!({text})" if isinstance(condition, n.Binary) else f"!{text}"
    return Fix(f"write `{text}`", (Edit(whole.span, text),))


def _starts_filled(type_: Type | None) -> bool:
    """Do variables of this type start with an instance instead of null?"""
    return isinstance(type_, ListOf | MapOf | Structure | Entity | Anonymous)

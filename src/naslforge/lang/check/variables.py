"""Variables: their types, what is assigned to them, and names that were never declared."""

from abc import abstractmethod
from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.foreign import Foreign
from naslforge.lang.check.suggest import Advice, Words, replace
from naslforge.lang.diagnostics import Edit, Fix, Label
from naslforge.lang.scope import EnumItem, Local, Row, nearest
from naslforge.lang.source import Span
from naslforge.lang.types import (
    DECIMAL,
    LONG,
    NULL,
    UNKNOWN,
    ListOf,
    MapOf,
    Type,
    Unknown,
    fits,
    show,
)

_KINDS = {
    "variable": "变量",
    "parameter": "参数",
    "loop": "循环变量",
    "lambda": "lambda 参数",
    "match": "match 参数",
    "row": "行名",
    "page": "页面变量",
    "slot": "插槽参数",
}


class Variables(Foreign):
    """Types the variables of a logic and the assignments to them."""

    def let(self, s: n.Let) -> None:
        """A variable of a logic: its written type, that of its value, or that of the first assignment."""
        taken = self.scope.find(s.name.name)
        if taken is not None and not (isinstance(taken, Local) and taken.kind == "page"):
            self.report_shadow(s.name, taken)
        type_ = self.value_annotation(s.type) if s.type is not None else None
        if s.init is not None:
            if type_ is None:
                type_ = self.type_of_value(s, s.init)
            else:
                self.want(s.init, type_, f"`{s.name.name}`", f"`{s.name.name}`")
        if type_ is None and self.logic is not None:
            type_ = self.logic.untyped.setdefault(s, None)
        self.names[s] = type_ or UNKNOWN
        if isinstance(taken, Local) and taken.kind == "parameter":
            return  # reported; what follows means the parameter
        self.scope.names[s.name.name] = Local(s.name.name, "variable", s, type_ or UNKNOWN)

    def type_of_value(self, s: n.Let, init: n.Expr) -> Type | None:
        """By its value; an empty list or map is typed by what is put in later, or by the result it becomes."""
        if not _is_empty(init):
            found = self.value(init)
            return None if found is NULL else found
        likely = self.guesses.get(s) or self._returned(s.name.name)
        found = self.value(init, likely)
        if isinstance(init, n.ListLiteral) and isinstance(likely, ListOf):
            written = f": {show(likely)}"
            fix = Fix(f"write `let {s.name.name}{written}`", (Edit(s.name.span.at_end(), written),), "safe")
            self.report(rules.UNTYPED_LIST, init.span, fixes=[fix])
        return found

    def _returned(self, name: str) -> Type | None:
        """The result type of the logic, if it returns this variable."""
        body = self.logic.function.body if self.logic else None
        if body is None or self.logic is None:
            return None
        names = (r.value for r in body.walk() if isinstance(r, n.Return))
        return self.logic.wanted if any(isinstance(v, n.Name) and v.name == name for v in names) else None

    def report_shadow(self, node: n.Ident, taken: Local | Row) -> None:
        kind = taken.kind if isinstance(taken, Local) else "row"
        where = taken.declared if isinstance(taken, Local) else None
        labels = []
        if where is not None:
            span = where.span if isinstance(where, n.Ident) else where.name.span  # type: ignore[attr-defined]
            labels = [Label(span, "declared here", "在这里声明")]
        same_kind = kind == "variable" and isinstance(where, n.Let)
        rule = rules.DUPLICATE_NAME if same_kind and node in _let_names(self) else rules.SHADOWED_NAME
        fixes = self._second_let(node, where)
        self.report(rule, node.span, labels=labels, fixes=fixes, name=node.name, kind=kind, kind_zh=_KINDS[kind])

    def _second_let(self, node: n.Ident, where: n.Node | None) -> list[Fix]:
        """A variable declared again in the same words goes out; in other words it may."""
        body = self.logic.function.body if self.logic else None
        let = next((s for s in (body.statements if body else ()) if isinstance(s, n.Let) and s.name is node), None)
        if let is None or not isinstance(where, n.Let | n.Param):
            return []
        data = let.span.source.data
        start, end = data.rfind(b"\n", 0, let.span.start) + 1, data.find(b"\n", let.span.end) + 1
        line = let.span.source.span(start, end)
        if end == 0 or line.text.strip().rstrip(";") != let.span.text.rstrip(";"):
            return []
        return [Fix("leave it out", (Edit(line, ""),), "safe" if where.span.text == let.span.text else "unsafe")]

    def assign(self, s: n.Assign) -> None:
        target = s.target
        if isinstance(target, n.Index):
            self._assign_index(s, target)
        elif isinstance(target, n.Name):
            self._assign_name(s, target)
        elif isinstance(target, n.Member):
            wanted = self.value(target)
            if self.report_element_target(s, target) or self._report_constant_target(target):
                wanted = UNKNOWN
            self.want(s.value, wanted, f"`{target.span.text}`", f"`{target.span.text}`")
        else:
            self.value(s.value)
            if not isinstance(target, n.Hole):
                self.report(rules.NOT_ASSIGNABLE, target.span)

    def _assign_name(self, s: n.Assign, target: n.Name) -> None:
        found = self.scope.find(target.name)
        if found is None:
            self._assign_unknown(s, target)
            return
        if isinstance(found, Row) or found.kind not in ("variable", "parameter", "page"):
            self._report_read_only(target, found)
            self.value(s.value)
            return
        self.refs[target] = found
        self.written.setdefault(found.declared, []).append(s)
        wanted = self._assigned_type(s, found)
        self.types[target] = wanted

    def _assigned_type(self, s: n.Assign, found: Local) -> Type:
        declared = found.declared
        untyped = self.open_types(declared)
        if untyped is not None and isinstance(declared, n.Let) and untyped[declared] is None:
            given = self.value(s.value)
            if given is not NULL and not isinstance(given, Unknown):
                untyped[declared] = given
            return given
        wanted = self.local_type(found)
        given = self.value(s.value, wanted)
        ok = fits(given, wanted, self.fields_of)
        if (
            not ok
            and isinstance(declared, n.Let)
            and declared.type is None
            and self._widen_let(s, declared, given, wanted)
        ):
            return wanted
        if not ok or given != wanted:
            self.fit(s.value, given, wanted, f"`{found.name}`", f"`{found.name}`")
        return wanted

    def _widen_let(self, s: n.Assign, let: n.Let, given: Type, wanted: Type) -> bool:
        """`let sum = 0;` is a Long; a Decimal assigned later asks for `let sum: Decimal = 0;`."""
        if (given, wanted) != (DECIMAL, LONG):
            return False
        name = let.name.name
        fix = Fix(f"write `let {name}: Decimal`", (Edit(let.name.span.at_end(), ": Decimal"),), "safe")
        advice = Advice(f"; write `let {name}: Decimal`", f"，应写 `let {name}: Decimal`")
        shown: Words = {"place": f"`{name}`", "given": "`Decimal`", "wanted": "`Long`"}
        label = Label(let.span, "its type comes from here", "类型由此得出")
        self.report(rules.TYPE_MISMATCH, s.value.span, labels=[label], fixes=[fix], **shown, **advice.facts)
        return True

    def _assign_index(self, s: n.Assign, target: n.Index) -> None:
        owner, _ = self.value(target.object), self.value(target.index)
        self.value(s.value)
        parts = [part.span.text for part in (target.object, target.index, s.value)]
        name = "MapPut" if isinstance(owner, MapOf) else "Set"
        text = f"nasl.util.{name}({', '.join(parts)})"
        known = isinstance(owner, ListOf | MapOf)
        self.report(
            rules.INDEX_HABIT, target.span, instead=text, fixes=[replace(without_semicolon(s), text, safe=known)]
        )

    def _report_constant_target(self, target: n.Member) -> bool:
        """Only properties of values can be assigned: not `length`, not the members of an enum."""
        ref = self.refs.get(target)
        if target.name.name == "length" and isinstance(self.types.get(target.object), ListOf | MapOf):
            advice = Advice("; use Add, RemoveAt or Clear", "；应使用 Add、RemoveAt 或 Clear")
            facts: Words = {"name": target.span.text, "kind": "size", "kind_zh": "长度"}
            self.report(rules.READ_ONLY, target.span, **facts, **advice.facts)
            return True
        if isinstance(ref, EnumItem):
            self.report(rules.NOT_ASSIGNABLE, target.span)
            return True
        return False

    @abstractmethod
    def report_element_target(self, s: n.Assign, target: n.Member) -> bool: ...

    def _report_read_only(self, target: n.Name, found: Local | Row) -> None:
        kind = found.kind if isinstance(found, Local) else "row"
        advice = Advice("; use a variable of your own", "；请另用一个变量")
        shown: Words = {"name": target.name, "kind": f"{kind} name", "kind_zh": _KINDS[kind]}
        self.report(rules.READ_ONLY, target.span, **shown, **advice.facts)

    def _assign_unknown(self, s: n.Assign, target: n.Name) -> None:
        """An assignment to a variable of the namespace, to a misspelt name, or to one that was never declared."""
        declared = self.symbols.by_name.get(f"{self.namespace}.{target.name}")
        if declared is not None or self.logic is None or nearest(target.name, self.scope.all(), 0.8):
            self.want(s.value, self.expr(target), f"`{target.name}`", f"`{target.name}` ")
            return
        given = self.value(s.value)
        name = target.name
        written = show(given) if given is not NULL and not isinstance(given, Unknown) else "Type"
        fixes = [self._missing_let(s, name, written)] if written != "Type" else []
        advice = Advice(f"; declare it first: `let {name}: {written};`", f"，要先声明：`let {name}: {written};`")
        self.report(rules.UNKNOWN_NAME, target.span, name=name, fixes=fixes, **advice.near)
        self._pretend(target, given)

    def _missing_let(self, s: n.Assign, name: str, written: str) -> Fix:
        """Declare the name at the head of the logic: there where it gets its first value among the `let`s, or last."""
        assert self.logic is not None and self.logic.function.body is not None
        body = self.logic.function.body
        lets = [s for s in body.statements if isinstance(s, n.Let)]
        if s in body.statements and lets and s.span.start < lets[-1].span.start:
            return Fix(f"write `let {name}`", (Edit(s.target.span, f"let {name}: {written}"),), "safe")
        first = next(iter(body.statements))
        column = first.span.source.position(first.span.start).column
        pad = "\n" + " " * (column - 1)
        if lets:
            edit = Edit(lets[-1].span.at_end(), f"{pad}let {name}: {written};")
        else:
            edit = Edit(first.span.at_start(), f"let {name}: {written};{pad}")
        whole = not any(isinstance(s, n.Hole) for s in body.statements)
        return Fix(f"declare `let {name}: {written};`", (edit,), "safe" if whole else "unsafe")

    def _pretend(self, target: n.Name, type_: Type) -> None:
        """From here on the name is known, so that it is reported once."""
        let = n.Let(target.span, n.Ident(target.span, target.name), None, None)
        self.names[let] = type_
        scope = self.scope
        while scope.parent is not None and scope.parent.parent is not None:
            scope = scope.parent
        scope.names[target.name] = Local(target.name, "variable", let, type_)


def _is_empty(e: n.Expr) -> bool:
    """A literal that says nothing about what it will hold."""
    return (
        (isinstance(e, n.ListLiteral) and not e.items)
        or (isinstance(e, n.ObjectLiteral) and not e.entries)
        or (isinstance(e, n.New) and e.type.name in ("Map", "List", "Array", "Set"))
    )


def _let_names(checker: Variables) -> Iterator[n.Ident]:
    """The names of the lets of the logic under work."""
    body = checker.logic.function.body if checker.logic else None
    return (s.name for s in (body.statements if body else ()) if isinstance(s, n.Let))


def without_semicolon(s: n.Assign) -> Span:
    """The place of an assignment without its semicolon."""
    return s.target.span.to(s.value.span)

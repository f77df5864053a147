"""`let`: in the head of a logic, or below it and then moved there."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix, Report
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.faults import FaultLowering
from naslforge.lang.lower.head import Head, Late
from naslforge.lang.lower.prepare import Prepared
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.source import Span

_PRIMITIVE = {"Long", "Integer", "Decimal", "Double", "String", "Text", "Boolean", "Date", "Time", "DateTime", "Any",
              "string", "number", "boolean", "any"}  # fmt: skip
_FUNCTIONS = ("arrow_function", "function_expression", "generator_function")


class VariableLowering(FaultLowering):
    """Variables, and assignments to several places at once."""

    def __init__(self, prepared: Prepared, report: Report) -> None:
        super().__init__(prepared, report)
        self.head = Head(self.source.span(0, 0), "")  # of the function around the place

    def variables(self, cst: CST) -> list[n.Stmt]:
        declared = [part for part in parts(cst) if part.type == "variable_declarator"]
        if declared and self.text(field(declared[0], "name")) == "$lifecycles":
            self.fault(rules.LIFECYCLE_PLACE, cst)
            return []
        if self.head.closed:
            return self.late_variables(cst, declared)
        self.keyword(cst, declared)
        found = [stmt for part in declared for stmt in self.head_variable(cst, part, len(declared) > 1)]
        self.head.closed = False  # a match in an initialiser has statements of its own
        self.head.place = self.at(cst).at_end()
        return found

    def keyword(self, cst: CST, declared: list[CST]) -> None:
        """One `let` for each variable, and no `const` or `var`."""
        word = cst.children[0]
        plain = all(
            field(part, "name").type == "identifier"
            and (field(part, "value") is None or field(part, "value").type not in _FUNCTIONS)
            for part in declared
        )
        if len(declared) > 1:
            pad = self.indent(cst)
            lines = f"\n{pad}".join(f"let {self.text(part)};" for part in declared)
            fixes = [safe("one `let` for each", [self.replace(cst, lines)])] if plain else []
            self.fault(rules.SEVERAL_VARIABLES, cst, *fixes)
        elif self.text(word) != "let" and plain:
            self.fault(rules.CONST_VAR, word, safe("write `let`", [self.replace(word, "let")]), word=self.text(word))

    def head_variable(self, cst: CST, part: CST, several: bool) -> list[n.Stmt]:
        name, type_, value = fields(part, "name", "type", "value")
        if name.type != "identifier":
            return self.taken_apart(cst, name, value)
        place = self.at(part) if several else self.at(cst)
        self.head.taken[self.text(name)] = self.text(type_)
        if value is not None and value.type in _FUNCTIONS:
            return [self.local_function(cst, name)]
        init = self.expr(value) if value is not None else None
        return [n.Let(place, self.ident(name), self.annotated(type_), init)]

    def local_function(self, cst: CST, name: CST) -> n.Let:
        """A function inside a logic: its name stays known, nothing more."""
        self.fault(rules.LOCAL_FUNCTION, name, name=self.text(name))
        return n.Let(self.at(cst), self.ident(name), None, self.hole(cst))

    # --- below the head

    def late_variables(self, cst: CST, declared: list[CST]) -> list[n.Stmt]:
        found: list[n.Stmt] = []
        lines: list[str] = []
        after: list[str] = []
        movable = True
        for part in declared:
            name, type_, value = fields(part, "name", "type", "value")
            if name.type != "identifier":
                found += self.taken_apart(cst, name, value)
                return found
            if value is not None and value.type in _FUNCTIONS:
                self.head.moved.append(self.local_function(cst, name))
                return found
            text, written = self.text(name), self.text(type_)
            known = self.head.taken.get(text)
            if known is None:
                self.head.taken[text] = written
                lines.append(f"let {text}{written};")
                self.head.moved.append(n.Let(self.at(part), self.ident(name), self.annotated(type_), None))
            elif known != written:
                movable = False
            start = self.text(value) if value is not None else self.start_value(written) if self.head.loops else ""
            if start:
                after.append(f"{text} = {start};")
            if value is not None:
                found.append(n.Assign(self.at(cst), n.Name(self.at(name), text), self.expr(value)))
        names = tuple(self.text(field(part, "name")) for part in declared)
        if after:
            pad = self.indent(cst)
            edits = (self.replace(cst, f"\n{pad}".join(after)),)
        else:
            edits = (Edit(self.whole_line(cst), ""),)
        self.head.late.append(Late(self.at(cst), names, tuple(lines), edits, movable))
        return found

    def start_value(self, annotation: str) -> str:
        """What a variable holds that is declared again in each turn of a loop."""
        type_ = annotation.removeprefix(":").strip()
        return "null" if not type_ or type_ in _PRIMITIVE else f"nasl.util.New<{type_}>()"

    def whole_line(self, cst: CST) -> Span:
        """The construct, with its line where nothing else stands there."""
        data, span = self.source.data, self.at(cst)
        start, end = span.start, span.end
        while start > 0 and data[start - 1 : start] in (b" ", b"\t"):
            start -= 1
        while end < len(data) and data[end : end + 1] in (b" ", b"\t", b"\r"):
            end += 1
        alone = (start == 0 or data[start - 1 : start] == b"\n") and data[end : end + 1] == b"\n"
        return self.source.span(start, end + 1) if alone else span

    def report_late(self) -> None:
        """Each late variable is reported; the fix of each moves them all, so that they do not get in their way."""
        late = self.head.late
        fixes: list[Fix] = []
        if late and all(one.movable for one in late):
            lines = [line for one in late for line in one.lines]
            text = "".join(f"\n{self.head.pad}{line}" for line in lines)
            fixes = [safe("move the variables to the head", [Edit(self.head.place, text), *(e for one in late for e in one.edits)])]  # fmt: skip  # noqa: E501
        for one in late:
            self.fault(rules.LATE_LET, one.span, *fixes, name=", ".join(one.names))

    # --- several places at once

    def taken_apart(self, cst: CST, pattern: CST, value: CST | None) -> list[n.Stmt]:
        """`const { a, b } = o;`: the names become variables of the head."""
        for name in self.pattern_names(pattern):
            if self.text(name) not in self.head.taken:
                self.head.taken[self.text(name)] = ""
                self.head.moved.append(n.Let(self.at(name), self.ident(name), None, None))
        return self.destructured(cst, pattern, value) if value is not None else []

    def pattern_names(self, pattern: CST) -> list[CST]:
        found, stack = [], [pattern]
        while stack:
            cst = stack.pop()
            if cst.type in ("identifier", "shorthand_property_identifier_pattern"):
                found.append(cst)
            elif cst.type == "pair_pattern":
                stack.append(field(cst, "value"))
            else:
                stack += parts(cst)
        return found[::-1]

    def destructured(self, cst: CST, pattern: CST, value: CST) -> list[n.Stmt]:
        found: list[n.Stmt] = []
        lines: list[str] = []
        base, plain = self.text(value), value.type in ("identifier", "member_expression")
        for number, part in enumerate(parts(pattern)):
            if pattern.type == "array_pattern" and part.type == "identifier":
                got = self.library_get(part, value, number)
                text = f"nasl.util.Get({base}, {number})"
                target: CST = part
            elif part.type == "shorthand_property_identifier_pattern":
                got = n.Member(self.at(part), self.expr(value), self.ident(part))
                text, target = f"{base}.{self.text(part)}", part
            elif part.type == "pair_pattern" and field(part, "value").type == "identifier":
                key, target = fields(part, "key", "value")
                got = n.Member(self.at(key), self.expr(value), self.ident(key))
                text = f"{base}.{self.text(key)}"
            else:
                plain = False
                continue
            found.append(n.Assign(self.at(part), n.Name(self.at(target), self.text(target)), got))
            lines.append(f"{self.text(target)} = {text};")
        fixes = []
        if plain and cst.type == "expression_statement":
            fixes = [unsafe("assign one by one", [self.replace(cst, f"\n{self.indent(cst)}".join(lines))])]
        elif plain:
            declared = [f"let {line}" for line in lines]
            fixes = [unsafe("declare one by one", [self.replace(cst, f"\n{self.indent(cst)}".join(declared))])]
        self.fault(rules.DESTRUCTURING, pattern, *fixes, advice=f": {' '.join(lines)}" if lines else "",
                   advice_zh=f"：{' '.join(lines)}" if lines else "")  # fmt: skip
        return found

    def library_get(self, place: CST, value: CST, number: int) -> n.Expr:
        return self.library_call(place, "Get", self.expr(value), n.Number(self.at(place), str(number)))

    def chained(self, cst: CST, left: CST, right: CST) -> list[n.Stmt]:
        """`x = y = e;`"""
        targets, value = [left], right
        while value.type == "assignment_expression":
            targets.append(field(value, "left"))
            value = field(value, "right")
        texts = [self.text(target) for target in targets]
        lines = [f"{texts[-1]} = {self.text(value)};"]
        lines += [f"{to} = {source};" for to, source in zip(texts[-2::-1], texts[:0:-1], strict=True)]
        fixes = []
        if all(target.type == "identifier" for target in targets):
            fixes = [safe("assign one by one", [self.replace(cst, f"\n{self.indent(cst)}".join(lines))])]
        self.fault(rules.ASSIGNMENT_VALUE, right, *fixes, name=texts[1])
        node = self.expr(value)
        return [n.Assign(self.at(cst), self.expr(target), node) for target in reversed(targets)]

"""Declarations of other languages: arrow functions as logics, interfaces, methods, imports, statements outside."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.pages import PageLowering
from naslforge.lang.lower.reader import safe, unsafe


class ItemHabits(PageLowering):
    """What stands where a declaration belongs."""

    def item_foreign(self, cst: CST, inner: CST, namespace: str) -> list[n.Item]:
        """Something that is no declaration."""
        if inner.type == "import_statement":
            fix = safe("leave it out", [Edit(self.whole_line(cst), "")])
            self.fault(rules.IMPORT, cst, fix)
            return []
        if inner.type == "export_statement" or (cst.type == "export_statement" and inner.type == "identifier"):
            self.fault(rules.IMPORT, cst, safe("leave it out", [Edit(self.whole_line(cst), "")]))
            return []
        if inner.type in ("arrow_function", "function_expression") and cst.type == "export_statement":
            self.fault(rules.UNNAMED_LOGIC, cst)
            return [self.hole(cst)]
        fault = self.own_fault(cst) if cst.has_error else None
        if fault is not None:
            self.report_fault(fault)
        elif self.foreign_lines:
            pass  # the rest of a text in another language
        elif inner.type.startswith("jsx") or "jsx" in (parts(inner)[0].type if parts(inner) else ""):
            self.fault(rules.ELEMENT_PLACE, cst)
        else:
            self.fault(rules.OUTSIDE_STATEMENT, self.unexpected(cst))
        return [self.hole(cst)]

    def faulty_item(self, cst: CST) -> list[n.Item]:
        """A fault between declarations."""
        marks = [part for part in parts(cst) if part.type == "decorator"] if cst.is_error else []
        if marks and len(marks) == len(parts(cst)):
            self.decorated(cst, marks)
            return []
        self.report_fault(cst)
        return [self.hole(cst)]

    def default_export(self, cst: CST) -> None:
        mark = next((child for child in cst.children if child.type == "default"), None)
        if mark is not None and field(cst, "declaration") is not None:
            fix = safe("leave out `default`", [Edit(self.word_and_space(mark), "")])
            self.fault(rules.DEFAULT_EXPORT, mark, fix)

    def decorated(self, inner: CST, decorators: list[CST]) -> None:
        """Decorators where none may stand: what is said of a logic are tags of its comment."""
        if inner.type in ("class_declaration", "abstract_class_declaration"):
            return
        for mark in decorators:
            fix = unsafe("leave it out", [Edit(self.whole_line(mark), "")])
            self.fault(rules.DECORATOR_PLACE, mark, fix, text=self.text(mark).split("(")[0])

    # --- logics

    def arrow_logic(self, cst: CST, inner: CST, declared: list[CST], doc: n.Doc | None) -> n.Function | n.View | None:
        """`const f = (a: Long): Long => …` as the logic that it means."""
        if len(declared) != 1:
            return None
        name, value = fields(declared[0], "name", "value")
        if value is None or value.type not in ("arrow_function", "function_expression") or name.type != "identifier":
            return None
        self.fault(rules.ARROW_LOGIC, name, *self.arrow_fix(inner, name, value), name=self.text(name))
        if self.is_page(value, self.text(name)):
            return self.page(cst, value, self.ident(name), doc)
        return self.function(cst, value, self.ident(name), doc)

    def arrow_fix(self, inner: CST, name: CST, value: CST) -> list[Fix]:
        params, body, result = fields(value, "parameters", "body", "return_type")
        if params is None:
            return []
        head = f"function {self.text(name)}{self.text(field(value, 'type_parameters'))}"
        text = self.text(body)
        block = text if body.type == "statement_block" else f"{{\n{self.indent(inner)}  return {text};\n{self.indent(inner)}}}"  # fmt: skip  # noqa: E501
        return [safe("write a logic", [self.replace(inner, f"{head}{self.text(params)}{self.text(result)} {block}")])]

    # --- classes

    def member_habit(self, cst: CST) -> n.Hole | None:
        """A member that is no property."""
        if cst.type in ("method_definition", "method_signature", "abstract_method_signature"):
            self.fault(rules.MEMBER_FUNCTION, cst, name=self.text(field(cst, "name")))
            return None
        self.unsupported(cst, "such members", "这样的成员")
        return self.hole(cst)

    def interface_fix(self, word: CST, body: CST | None) -> list[Fix]:
        """`interface` and `class` differ in one word, and in the commas some put between properties."""
        if body is None or any(part.type != "property_signature" for part in parts(body)):
            return []
        commas = [self.replace(child, ";") for child in body.children if child.type == ","]
        return [safe("write `class`", [self.replace(word, "class"), *commas])]

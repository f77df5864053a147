"""Text that the grammar could not read: where the fault is, what to say, what can still be read."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Report
from naslforge.lang.grammar import CST, fields, parts
from naslforge.lang.lower.matches import MatchLowering
from naslforge.lang.lower.prepare import Prepared
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.lower.slips import explain
from naslforge.lang.source import Span

_DECLARED = re.compile(r"\s*(?:let|const|var)\s+([^\W\d][\w$]*)")
_BLOCKS = {"statement_block", "class_body", "enum_body", "switch_body", "jsx_element", "jsx_self_closing_element"}
_OPEN_ENDS = set("+-*/%=<>&|!,(")
_CLOSERS_AND_ENDS = {";", ")", "]", "}", ","}
_CLOSERS = (")", "]", "}", ">", '"', "'", "`")
_WRITERS = {"nasl.util.Get": "nasl.util.Set", "nasl.util.MapGet": "nasl.util.MapPut"}


class FaultLowering(MatchLowering):
    """ERROR and MISSING nodes of the CST."""

    def __init__(self, prepared: Prepared, report: Report) -> None:
        super().__init__(prepared, report)
        self.foreign_lines: set[int] = set()  # lines that were said to be another language

    def own_fault(self, cst: CST) -> CST | None:
        """The first fault in a statement that does not lie in one of its blocks: those report their own."""
        stack = [cst]
        while stack:
            found = stack.pop()
            if found.is_error or found.is_missing:
                return found
            if found.has_error and (found is cst or found.type not in _BLOCKS):
                stack += reversed(found.children)
        return None

    def report_fault(self, cst: CST) -> None:
        if cst.is_missing:
            self.report_missing(cst)
            return
        place = self.unexpected(cst)
        line = self.source.position(place.start).line
        found = None if line in self.foreign_lines else explain(place)
        if found is not None:
            self.foreign_lines.add(line)
            self.fault(found, place)
            return
        if line in self.foreign_lines:
            return
        text = place.text.strip()
        if text[-1:] in _OPEN_ENDS and self.char_after(cst.end_byte) in _CLOSERS_AND_ENDS:
            self.fault(rules.MISSING_NAME, place.at_end())
            return
        if text in _CLOSERS_AND_ENDS and self.word_before(cst.start_byte) in _OPEN_ENDS:
            self.fault(rules.MISSING_NAME, place)
            return
        if not text:
            self.fault(rules.SYNTAX_ERROR, place, text="this", text_zh="这里")
            return
        short = text.split("\n")[0]
        short = short if len(short) <= 40 else short[:40] + "…"
        self.fault(rules.SYNTAX_ERROR, place, text=f"`{short}`")

    def report_first(self, root: CST) -> None:
        """The first fault below, whatever it lies in: no broken text passes in silence."""
        stack = [root]
        while stack:
            cst = stack.pop()
            if cst.is_error or cst.is_missing:
                self.report_fault(cst)
                return
            stack += [child for child in reversed(cst.children) if child.has_error or child.is_missing]

    def report_assigned_call(self, call: CST, assignment: CST) -> None:
        """`nasl.util.Get(list, 0) = 1`, to which the grammar would add a `!`: what a call gives is no place."""
        right = assignment.child_by_field_name("right")
        name, _, args = self.text(call).partition("(")
        fixes = []
        given = call.child_by_field_name("arguments")
        if name in _WRITERS and right is not None and given is not None and len(parts(given)) == 2:
            written = f"{_WRITERS[name]}({args.removesuffix(')')}, {self.text(right)})"
            fixes = [safe(f"write `{_WRITERS[name]}`", [self.replace(assignment, written)])]
        self.fault(rules.NOT_ASSIGNABLE, call, *fixes)

    def report_missing(self, cst: CST) -> None:
        """The grammar knows what is missing: put it behind the last word before the place."""
        place = self.after_word(cst.start_byte)
        if cst.type in ("identifier", "property_identifier", "type_identifier", "jsx_text"):
            self.fault(rules.MISSING_NAME, place)
            return
        token = cst.type
        if token == "!" and cst.parent is not None and cst.parent.parent is not None:
            self.report_assigned_call(cst.parent.children[0], cst.parent.parent)
            return
        ends_line = self.prepared.data[cst.start_byte : cst.start_byte + 1] in (b";", b"\n", b"\r", b"")
        sure = token in _CLOSERS and ends_line and self.closes_call(cst)
        fix = (safe if sure else unsafe)(f"write `{token}`", [self.insert(place, token)])
        self.fault(rules.MISSING_TOKEN, place, fix, token=token)

    def closes_call(self, cst: CST) -> bool:
        """Is the bracket missing on its own line, behind an argument that could not end earlier?"""
        around = cst.parent
        if around is None or around.start_point[0] != cst.start_point[0]:
            return False
        inside = parts(around)
        return not inside or inside[-1].type not in ("binary_expression", "arrow_function", "ternary_expression")

    def after_word(self, offset: int) -> Span:
        """The empty place behind the last text before an offset."""
        data = self.prepared.data
        while offset > 0 and data[offset - 1 : offset] in (b" ", b"\t", b"\n", b"\r"):
            offset -= 1
        return self.prepared.span(offset, offset)

    def word_before(self, offset: int) -> str:
        """The last character before the place that is no white space."""
        return self.prepared.data[:offset].rstrip()[-1:].decode("utf-8", "replace")

    def char_after(self, offset: int) -> str:
        """The next character behind the place that is no white space."""
        return self.prepared.data[offset : offset + 200].lstrip()[:1].decode("utf-8", "replace")

    def unexpected(self, cst: CST) -> Span:
        """The place of an ERROR node, at most to the end of its line."""
        data = self.prepared.data
        end = data.find(b"\n", cst.start_byte, cst.end_byte)
        return self.prepared.span(cst.start_byte, end if end > cst.start_byte else cst.end_byte)

    # --- what can still be read

    def faulty(self, cst: CST) -> list[n.Stmt]:
        """A fault between statements; a variable's name survives it."""
        self.report_fault(cst)
        return self._declared(cst)

    def salvaged(self, cst: CST) -> list[n.Stmt]:
        """A simple statement with a fault in it: the name it declares or assigns stays known."""
        inner = parts(cst)
        if cst.type == "expression_statement" and inner and inner[0].type == "assignment_expression":
            left, right = fields(inner[0], "left", "right")
            if not left.has_error and right is not None and left.type in ("identifier", "member_expression"):
                return [n.Assign(self.at(cst), self.expr(left), self.hole(right))]
        if cst.type == "lexical_declaration" and inner and inner[0].type == "variable_declarator":
            name, type_, value = fields(inner[0], "name", "type", "value")
            if name is not None and name.type == "identifier" and not name.is_missing:
                written = self.annotated(type_) if type_ is not None and not type_.has_error else None
                init = self.hole(value or cst) if value is not None or written is None else None
                return [n.Let(self.at(cst), self.ident(name), written, init)]
        return self._declared(cst)

    def _declared(self, cst: CST) -> list[n.Stmt]:
        found = _DECLARED.match(self.text(cst))
        place = self.at(cst)
        if found is None:
            return [self.hole(place)]
        name = n.Ident(place.at_start(), found.group(1))
        return [n.Let(place, name, None, self.hole(place))]

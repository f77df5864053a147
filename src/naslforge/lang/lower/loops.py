"""Loops of other languages: read as the loop over a list or the `while` that they mean."""

import re

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, has_token, parts
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.lower.variables import VariableLowering

_CHANGES = ("assignment_expression", "augmented_assignment_expression", "update_expression")


class LoopHabits(VariableLowering):
    """`for (const x of xs)`, `for (let i = 0; …)`, `for … in`, `do … while`."""

    def foreign_loop(self, cst: CST, names: CST, list_: CST) -> n.Stmt:
        if has_token(cst, "in"):
            self.fault(rules.FOR_IN, cst.children[0])
            return self.read_loop(cst, None, self.loop_name(names), self.hole(list_))
        over, text, args = self.loop_list(list_)
        pair = parts(names) if names.type == "array_pattern" else []
        if names.type == "identifier":
            index, item, sure = None, names, True
        elif len(pair) == 2 and all(one.type == "identifier" for one in pair):
            index, item, sure = pair[0], pair[1], over is not list_
        else:
            self.fault(rules.LOOP_FORM, names, list=text, item="item")
            return self.read_loop(cst, None, self.loop_name(names), self.expr(over))
        index_name = self.text(index) if index is not None else self.fresh("index", "i")
        head = f"const [{index_name}, {self.text(item)}] of ListEntries({text})"
        place = self.prepared.span(self.loop_start(cst), list_.end_byte)
        fix = (safe if sure else unsafe)(f"write `for ({head})`", [self.replace_between(self.loop_start(cst), list_.end_byte, head)])  # fmt: skip  # noqa: E501
        self.fault(rules.LOOP_FORM, place, fix, list=text, item=self.text(item))
        start, end = ([*map(self.expr, args[1:3]), None, None])[:2]
        index_ident = self.ident(index) if index is not None else n.Ident(self.at(item), index_name)
        return self.read_loop(cst, index_ident, self.ident(item), self.expr(over), start, end)

    def loop_start(self, cst: CST) -> int:
        return (field(cst, "kind") or field(cst, "left")).start_byte

    def loop_name(self, names: CST) -> n.Ident:
        return self.ident(names) if names.type == "identifier" else n.Ident(self.at(names), self.fresh("item"))

    def loop_list(self, list_: CST) -> tuple[CST, str, list[CST]]:
        """What is run over: `xs` of `xs.entries()` and of `ListEntries(xs)`, with its text and arguments."""
        if list_.type == "call_expression":
            callee, args = fields(list_, "function", "arguments")
            if self.text(callee) == "ListEntries" and parts(args):
                inner = self.prepared.text(args.start_byte + 1, args.end_byte - 1)
                return parts(args)[0], inner, parts(args)
            method = self.text(field(callee, "property")) if callee.type == "member_expression" else ""
            if method == "entries" and not parts(args):
                return field(callee, "object"), self.text(field(callee, "object")), []
        return list_, self.text(list_), []

    def read_loop(
        self, cst: CST, index: n.Ident | None, item: n.Ident, list_: n.Expr, start: n.Expr | None = None,
        end: n.Expr | None = None,
    ) -> n.ForList:  # fmt: skip
        with self.head.loop():
            return n.ForList(self.at(cst), list_, start, end, index, item, self.block(field(cst, "body")))

    # --- counting

    def stmt_for_statement(self, cst: CST) -> list[n.Stmt]:
        found = self.counted(cst)
        if found is not None:
            return [found]
        start, test, step, body = fields(cst, "initializer", "condition", "increment", "body")
        self.fault(rules.COUNTING_LOOP, cst.children[0], instead="while")
        before: list[n.Stmt] = []
        if start is not None and start.type in ("lexical_declaration", "variable_declaration"):
            for part in parts(start):
                self.counter(part)
                value = field(part, "value")
                if value is not None:
                    before.append(n.Assign(self.at(part), self.expr(field(part, "name")), self.expr(value)))
        given = test is not None and test.is_named and test.type != "empty_statement"
        condition = self.expr(test) if given else n.Bool(self.at(cst), True)
        with self.head.loop():
            inside = self.block(body)
        said = len(self.report.found)
        after = self.effect(step, step) if step is not None else []
        del self.report.found[said:]  # `i++` is part of the loop that was reported
        steps = after if isinstance(after, list) else [after]
        return [*before, n.While(self.at(cst), condition, n.Block(inside.span, (*inside.statements, *steps)))]

    def counter(self, part: CST) -> None:
        """The counter of a loop that is read as `while` becomes a variable of the head."""
        name = field(part, "name")
        if name is not None and name.type == "identifier" and self.text(name) not in self.head.taken:
            self.head.taken[self.text(name)] = ""
            self.head.moved.append(n.Let(self.at(name), self.ident(name), None, None))

    def counted(self, cst: CST) -> n.ForList | None:
        """`for (let i = a; i < b; i++)`: over the list itself where `b` is its length, else over a range."""
        read = self.count_of(cst)
        if read is None:
            return None
        counter, first, bound, sign, step = read
        name, body = self.text(counter), field(cst, "body")
        sure = self.unchanged(body, name) and (bound.type == "number" or (
            bound.type == "identifier" and self.unchanged(body, self.text(bound))
        ))  # fmt: skip
        over = self.length_of(bound)
        place = self.prepared.span(cst.children[1].start_byte, body.start_byte)
        if over is not None and sign == "<" and step == "1" and self.text(first) == "0":
            text, item = self.text(over), n.Ident(self.at(counter), self.fresh("item", "element"))
            head = f"const [{name}, {item.name}] of ListEntries({text})"
            self.counting(cst, body, head, sure=False)
            return self.read_loop(cst, self.ident(counter), item, self.expr(over))
        end = self.text(bound) + {"<=": " + 1", ">=": " - 1"}.get(sign, "")
        if bound.type == "number" and self.text(bound).isdigit():
            end = str(int(self.text(bound)) + {"<=": 1, ">=": -1}.get(sign, 0))
        index = n.Ident(place, self.fresh("index", "turn"))
        head = f"const [{index.name}, {name}] of ListEntries(nasl.util.ListRange({self.text(first)}, {end}, {step}))"
        self.counting(cst, body, head, sure)
        last: n.Expr = self.expr(bound)
        if sign in ("<=", ">="):
            last = n.Binary(self.at(bound), "+" if sign == "<=" else "-", last, n.Number(self.at(bound), "1"))
        numbers = self.library_call(bound, "ListRange", self.expr(first), last, n.Number(self.at(bound), step))
        return self.read_loop(cst, index, self.ident(counter), numbers)

    def counting(self, cst: CST, body: CST, head: str, sure: bool) -> None:
        edit = self.replace_between(cst.children[1].start_byte, body.start_byte, f"({head}) ")
        fix = (safe if sure else unsafe)("write the loop over a list", [edit])
        self.fault(rules.COUNTING_LOOP, cst.children[0], fix, instead=f"for ({head})")

    def count_of(self, cst: CST) -> tuple[CST, CST, CST, str, str] | None:
        """Counter, first value, bound, comparison and step of a loop that only counts."""
        start, test, step = fields(cst, "initializer", "condition", "increment")
        declared = parts(start) if start is not None and start.type.endswith("_declaration") else []
        if len(declared) != 1 or test is None or test.type != "binary_expression" or step is None:
            return None
        name, first = fields(declared[0], "name", "value")
        left, op, bound = fields(test, "left", "operator", "right")
        if name is None or name.type != "identifier" or first is None or self.text(left) != self.text(name):
            return None
        pattern = re.escape(self.text(name))
        forms = (
            (rf"{pattern}\+\+|\+\+{pattern}", "1"),
            (rf"{pattern}--|--{pattern}", "-1"),
            (rf"{pattern}\+=(\d+)|{pattern}={pattern}\+(\d+)", "+"),
            (rf"{pattern}-=(\d+)|{pattern}={pattern}-(\d+)", "-"),
        )
        written = "".join(self.text(step).split())
        for form, meaning in forms:
            found = re.fullmatch(form, written)
            if found:
                digits = next((group for group in found.groups() if group), "")
                amount = meaning if not digits else digits if meaning == "+" else f"-{digits}"
                up = not amount.startswith("-")
                sign = self.text(op)
                return (name, first, bound, sign, amount) if sign in (("<", "<=") if up else (">", ">=")) else None
        return None

    def length_of(self, bound: CST) -> CST | None:
        """`xs` of `xs.length` and `nasl.util.Length(xs)`."""
        if bound.type == "member_expression" and self.text(field(bound, "property")) in ("length", "size"):
            return field(bound, "object")
        if bound.type == "call_expression" and self.text(field(bound, "function")) == "nasl.util.Length":
            given = parts(field(bound, "arguments"))
            return given[0] if len(given) == 1 else None
        return None

    def unchanged(self, body: CST, name: str) -> bool:
        """Nothing below assigns to the name."""
        stack = [body]
        while stack:
            cst = stack.pop()
            if cst.type in _CHANGES and self.text(field(cst, "left") or field(cst, "argument")) == name:
                return False
            stack += cst.named_children
        return True

    def stmt_do_statement(self, cst: CST) -> list[n.Stmt]:
        body, test = fields(cst, "body", "condition")
        self.fault(rules.DO_WHILE, cst.children[0])
        with self.head.loop():
            block = self.block(body)
            return [n.While(self.at(cst), self.expr(test), block)]

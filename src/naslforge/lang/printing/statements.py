"""Statements as lines."""

from collections.abc import Sequence

from naslforge.lang import nodes as n
from naslforge.lang.printing.exprs import PAD, ExprPrinter


class StatementPrinter(ExprPrinter):
    """Every method gives whole lines, indented by `pad`."""

    def block(self, block: n.Block, pad: str) -> str:
        lines = self.statements(block.statements, pad + PAD)
        return "{\n" + "".join(line + "\n" for line in lines) + pad + "}" if lines else "{}"

    def statements(self, statements: "Sequence[n.Stmt]", pad: str) -> list[str]:
        """A trailing comment joins the line before it; one blank line of the author's stays."""
        lines: list[str] = []
        before: n.Node | None = None
        for statement in statements:
            if isinstance(statement, n.Comment) and statement.trailing and lines and "\n" not in statement.text:
                lines[-1] += f" {statement.text}"
            else:
                if before is not None and blank_between(before, statement):
                    lines.append("")
                lines += self.statement(statement, pad).split("\n")
            before = statement
        return lines

    def statement(self, node: n.Stmt, pad: str) -> str:
        return pad + getattr(self, f"stmt_{type(node).__name__}")(node, pad)

    def value(self, head: str, node: "n.Expr | None", pad: str) -> str:
        """`head value;`"""
        return f"{head}{self.expr(node, pad, len(pad) + len(head) + 1)};" if node is not None else f"{head.rstrip()};"

    def stmt_Hole(self, node: n.Hole, pad: str) -> str:
        return node.span.text

    def stmt_Comment(self, node: n.Comment, pad: str) -> str:
        first, *more = node.text.split("\n")
        return "\n".join([first, *(pad + line if line else "" for line in more)])

    def stmt_Let(self, node: n.Let, pad: str) -> str:
        type_ = f": {self.type(node.type)}" if node.type is not None else ""
        head = f"let {node.name.name}{type_}"
        return self.value(f"{head} = ", node.init, pad) if node.init is not None else f"{head};"

    def stmt_Assign(self, node: n.Assign, pad: str) -> str:
        return self.value(f"{self.expr(node.target, pad)} = ", node.value, pad)

    def stmt_ExprStmt(self, node: n.ExprStmt, pad: str) -> str:
        text = self.expr(node.expr, pad, len(pad) + 1)
        return f"({text});" if text.startswith(("{", "function")) else f"{text};"

    def stmt_Return(self, node: n.Return, pad: str) -> str:
        return self.value("return ", node.value, pad)

    def stmt_Abort(self, node: n.Abort, pad: str) -> str:
        return f"abort({self.expr(node.message, pad, len(pad) + 8) if node.message is not None else ''});"

    def stmt_If(self, node: n.If, pad: str) -> str:
        text = f"if ({self.expr(node.test, pad, len(pad) + 7)}) {self.block(node.then, pad)}"
        if isinstance(node.otherwise, n.If):
            return f"{text} else {self.stmt_If(node.otherwise, pad)}"
        return f"{text} else {self.block(node.otherwise, pad)}" if node.otherwise is not None else text

    def stmt_While(self, node: n.While, pad: str) -> str:
        return f"while ({self.expr(node.test, pad, len(pad) + 10)}) {self.block(node.body, pad)}"

    def stmt_ForList(self, node: n.ForList, pad: str) -> str:
        if node.index is None:
            return self._for_each(node, pad)
        args = [node.list]
        if node.start is not None or node.end is not None:
            args.append(node.start or n.Number(node.span, "0"))
        if node.end is not None:
            args.append(node.end)
        head = f"for (const [{node.index.name}, {node.item.name}] of ListEntries("
        used = len(pad) + len(head)
        if len(args) == 1:
            text = self.expr(args[0], pad, used + 4)
        else:
            text = ", ".join(self.expr(arg, pad, used + 4) for arg in args)
        return f"{head}{text})) {self.block(node.body, pad)}"

    def _for_each(self, node: n.ForList, pad: str) -> str:
        """The older form, kept where it names no index."""
        start = self.expr(node.start, pad) if node.start is not None else "0"
        end = self.expr(node.end, pad) if node.end is not None else "__IDENTIFIER__"
        list_ = self.expr(node.list, pad, len(pad) + 8)
        return f"ForEach({list_}, {start}, {end}, ({node.item.name}) => {self.block(node.body, pad)});"


def blank_between(before: n.Node, after: n.Node) -> bool:
    """Did the author leave a blank line between the two?"""
    first, second = before.span, after.span
    if first.source is not second.source or first.end > second.start:
        return False
    between = first.source.data[first.end : second.start]
    return not between.strip(b"; \t\r\n") and between.count(b"\n") > 1

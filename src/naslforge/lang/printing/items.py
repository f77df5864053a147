"""Declarations as lines."""

from collections.abc import Sequence

from naslforge.lang import nodes as n
from naslforge.lang.printing.exprs import PAD, WIDTH, key
from naslforge.lang.printing.pages import PagePrinter
from naslforge.lang.printing.statements import blank_between


class ItemPrinter(PagePrinter):
    """Items have a blank line between them; variables and comments stay together as the author had them."""

    def items(self, items: "Sequence[n.Item]", pad: str) -> list[str]:
        lines: list[str] = []
        before: n.Item | None = None
        for item in items:
            if isinstance(item, n.Comment) and item.trailing and lines:
                lines[-1] += f" {item.text}"
            else:
                if before is not None and self._apart(before, item):
                    lines.append("")
                lines += self.item(item, pad)
            before = item
        return lines

    def _apart(self, before: n.Item, item: n.Item) -> bool:
        if isinstance(before, n.Comment) or (isinstance(before, n.Let) and isinstance(item, n.Let | n.Comment)):
            return blank_between(before, item)
        return True

    def item(self, node: n.Item, pad: str) -> list[str]:
        if isinstance(node, n.Comment | n.Hole):
            return self.statement(node, pad).split("\n")
        doc = getattr(node, "doc", None)
        lines = self.doc(doc, pad) if doc is not None else []
        return [*lines, *getattr(self, f"item_{type(node).__name__}")(node, pad).split("\n")]

    def item_Namespace(self, node: n.Namespace, pad: str) -> str:
        lines = self.items(node.items, pad + PAD)
        head = f"{pad}export namespace {node.name.name} "
        return head + ("{\n" + "\n".join(lines) + f"\n{pad}}}" if lines else "{}")

    def item_Function(self, node: n.Function, pad: str) -> str:
        word = "export declare function" if node.body is None else "export function"
        result = f": {self.type(node.result)}" if node.result is not None else ""
        head = f"{pad}{word} {node.name.name}{self.type_params(node.type_params)}"
        params = ", ".join(map(self.param, node.params))
        tail = f"{result};" if node.body is None else f"{result} {self.block(node.body, pad)}"
        if len(head) + len(params) + len(result) + 4 > WIDTH and node.params:
            inner = pad + PAD
            params = "\n" + "".join(f"{inner}{self.param(param)},\n" for param in node.params) + pad
        return f"{head}({params}){tail}"

    def item_View(self, node: n.View, pad: str) -> str:
        head = self.function_head(n.Function(node.span, node.name, None, (), node.params, None, None), pad)
        return f"{pad}export {head} {self.page_body(node, pad + PAD)}"

    def type_params(self, params: tuple[n.TypeParam, ...]) -> str:
        texts = (p.name.name + (f" extends {self.type(p.bound)}" if p.bound is not None else "") for p in params)
        return f"<{', '.join(texts)}>" if params else ""

    def item_Class(self, node: n.Class, pad: str) -> str:
        marks = "".join(f"{pad}{self.decorator(mark, pad)}\n" for mark in node.decorators)
        lines: list[str] = []
        for member in node.members:
            if isinstance(member, n.Comment) and member.trailing and lines:
                lines[-1] += f" {member.text}"
            elif isinstance(member, n.Property):
                lines += self.property(member, pad + PAD)
            else:
                lines += self.statement(member, pad + PAD).split("\n")
        body = "{\n" + "\n".join(lines) + f"\n{pad}}}" if lines else "{}"
        return f"{marks}{pad}export class {node.name.name}{self.type_params(node.type_params)} {body}"

    def property(self, node: n.Property, pad: str) -> list[str]:
        lines = self.doc(node.doc, pad) if node.doc is not None else []
        default = f" = {self.expr(node.default, pad, len(pad))}" if node.default is not None else ""
        text = f"{key(node.name.name)}: {self.type(node.type)}{default};"
        marks = [self.decorator(mark, pad) for mark in node.decorators]
        whole = " ".join([*marks, text])
        if len(pad) + len(whole) <= WIDTH and "\n" not in whole:
            return [*lines, pad + whole]
        return [*lines, *(pad + line for mark in marks for line in [mark]), *f"{pad}{text}".split("\n")]

    def decorator(self, node: n.Decorator, pad: str) -> str:
        argument = (
            self.expr(node.argument, pad, len(pad) + len(node.name.name) + 3) if node.argument is not None else ""
        )
        return f"@{node.name.name}({argument})"

    def item_Enum(self, node: n.Enum, pad: str) -> str:
        lines: list[str] = []
        for member in node.members:
            if isinstance(member, n.Comment) and member.trailing and lines:
                lines[-1] += f" {member.text}"
            elif isinstance(member, n.EnumMember):
                lines += self.enum_member(member, pad + PAD)
            else:
                lines += self.statement(member, pad + PAD).split("\n")
        body = "{\n" + "\n".join(lines) + f"\n{pad}}}" if lines else "{}"
        return f"{pad}export enum {node.name.name} {body}"

    def enum_member(self, node: n.EnumMember, pad: str) -> list[str]:
        """A short label stands on the member's line."""
        value = f" = {self.expr(node.value, pad)}" if node.value is not None else ""
        text = f"{key(node.name.name)}{value},"
        doc = self.doc(node.doc, "") if node.doc is not None else []
        if len(doc) == 1:
            return [f"{pad}{doc[0]} {text}"]
        return [*(pad + line for line in doc), pad + text]

    def item_Let(self, node: n.Let, pad: str) -> str:
        return f"{pad}export {self.stmt_Let(node, pad)}"

    def item_Alias(self, node: n.Alias, pad: str) -> str:
        return f"{pad}export type {node.name.name} = {self.type(node.type)};"

    def doc(self, node: n.Doc, pad: str) -> list[str]:
        """Words first, then one tag a line; a single line stays one."""
        lines = node.text.split("\n") if node.text else []
        lines += [f"@{tag} {text}".rstrip() for tag, text in node.tags]
        if len(lines) == 1 and len(pad) + len(lines[0]) + 7 <= WIDTH:
            return [f"{pad}/** {lines[0]} */"]
        if not lines:
            return []
        return [f"{pad}/**", *(f"{pad} * {line}".rstrip() for line in lines), f"{pad} */"]

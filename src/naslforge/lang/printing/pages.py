"""Pages and elements as lines."""

from abc import abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang.printing.exprs import PAD, WIDTH
from naslforge.lang.printing.statements import StatementPrinter, blank_between

_SIMPLE = (n.Assign, n.ExprStmt, n.Return, n.Abort)


class PagePrinter(StatementPrinter):
    """Attributes fill their lines; an element with content has each part of it on lines of its own."""

    # --- the page

    def page_body(self, node: n.View, pad: str) -> str:
        """The block of a page: its members, then what it returns."""
        lines: list[str] = []
        before: n.Node | None = None
        for member in (*node.members, *([node.root] if node.root is not None else [])):
            if isinstance(member, n.Comment) and member.trailing and lines and "\n" not in member.text:
                lines[-1] += f" {member.text}"
            else:
                if before is not None and self._members_apart(before, member):
                    lines.append("")
                lines += self.member(member, pad).split("\n")
            before = member
        return "{\n" + "".join(line + "\n" for line in lines) + pad[: -len(PAD)] + "}" if lines else "{}"

    def _members_apart(self, before: n.Node, after: n.Node) -> bool:
        """Logics and the life cycle stand alone; variables and comments stay together as the author had them."""
        alone = (n.Function, n.Lifecycles)
        if isinstance(before, alone) or (isinstance(after, alone) and not isinstance(before, n.Comment)):
            return True
        return blank_between(before, after)

    def member(self, node: n.Node, pad: str) -> str:
        if isinstance(node, n.Function):
            doc = "".join(f"{line}\n" for line in self.doc(node.doc, pad)) if node.doc is not None else ""
            return doc + pad + self.function(node, pad)
        if isinstance(node, n.Lifecycles):
            return pad + self.lifecycles(node, pad)
        if isinstance(node, (n.Element, n.Fragment)):
            return f"{pad}return {self.content(node, pad, len(pad) + 8)};"
        return self.statement(node, pad)  # type: ignore[arg-type]

    @abstractmethod
    def doc(self, node: n.Doc, pad: str) -> list[str]: ...  # ItemPrinter

    def lifecycles(self, node: n.Lifecycles, pad: str) -> str:
        inner, deep = pad + PAD, pad + PAD + PAD
        lines = []
        for entry in node.entries:
            handlers = "".join(f"{deep}{self.handler(one, deep, len(deep))},\n" for one in entry.handlers)
            lines.append(f"{inner}{entry.event.name}: " + (f"[\n{handlers}{inner}],\n" if handlers else "[],\n"))
        return f"const $lifecycles = {{\n{''.join(lines)}{pad}}};" if lines else "const $lifecycles = {};"

    # --- functions of a page

    def function(self, node: n.Function, pad: str) -> str:
        """`function name(…) {…}` with its body on lines of its own."""
        assert node.body is not None
        return f"{self.function_head(node, pad)} {self.block(node.body, pad)}"

    def function_head(self, node: n.Function, pad: str) -> str:
        result = f": {self.type(node.result)}" if node.result is not None else ""
        params = ", ".join(map(self.param, node.params))
        head = f"function {node.name.name}("
        if len(pad) + len(head) + len(params) + len(result) + 4 > WIDTH and node.params:
            params = "\n" + "".join(f"{pad}{PAD}{self.param(param)},\n" for param in node.params) + pad
        return f"{head}{params}){result}"

    def handler(self, node: "n.Expr | n.Function", pad: str, used: int) -> str:
        """A function in place stays on one line where it is one short statement."""
        if not isinstance(node, n.Function):
            return self.expr(node, pad, used)
        flat = self.flat_function(node)
        return flat if flat is not None and used + len(flat) <= WIDTH else self.function(node, pad)

    def flat_function(self, node: n.Function) -> str | None:
        """`function f(event) { x = 1; }`, None where the body is more than one simple statement."""
        body = node.body.statements if node.body is not None else ()
        if not body:
            return f"{self.function_head(node, '')} {{}}"
        if len(body) > 1 or not isinstance(body[0], _SIMPLE):
            return None
        text = self.statement(body[0], "")
        return None if "\n" in text else f"{self.function_head(node, '')} {{ {text} }}"

    # --- elements

    def content(self, node: "n.Element | n.Fragment | n.Hole", pad: str, used: int) -> str:
        """An element, or several in a slot; further lines are indented by `pad`."""
        if isinstance(node, n.Hole):
            return node.span.text
        if isinstance(node, n.Element):
            return self.element(node, pad, used)
        flat = self.flat_fragment(node)
        if flat is not None and used + len(flat) <= WIDTH:
            return flat
        return f"<>\n{self.children(node.content, pad + PAD)}{pad}</>"

    def flat_fragment(self, node: n.Fragment) -> str | None:
        texts = [
            self.element(part, "", 0) if isinstance(part, n.Element) and not part.content else None
            for part in node.content
        ]
        if any(text is None or "\n" in text for text in texts):
            return None
        return f"<>{''.join(text for text in texts if text is not None)}</>"

    def element(self, node: n.Element, pad: str, used: int) -> str:
        tag = node.tag.name
        opening = self.opening(node, pad, used)
        if not node.content:
            return f"{opening}></{tag}>"
        return f"{opening}>\n{self.children(node.content, pad + PAD)}{pad}</{tag}>"

    def children(self, nodes: "tuple[n.Element | n.Comment | n.Hole, ...]", pad: str) -> str:
        text = ""
        before: n.Node | None = None
        for node in nodes:
            if before is not None and blank_between(before, node):
                text += "\n"
            inner = (
                "{" + self.stmt_Comment(node, pad) + "}"
                if isinstance(node, n.Comment)
                else self.content(node, pad, len(pad))
            )
            text += f"{pad}{inner}\n"
            before = node
        return text

    def opening(self, node: n.Element, pad: str, used: int) -> str:
        """The opening tag without its end; attributes that do not fit begin a new line."""
        text, column = f"<{node.tag.name}", used + 1 + len(node.tag.name)
        inner = pad + PAD
        rest = len(node.tag.name) + 4 if not node.content else 1
        for index, attribute in enumerate(node.attributes):
            end = rest if index == len(node.attributes) - 1 else 0
            flat = self.attribute(attribute, inner, 0)
            if "\n" not in flat and column + 1 + len(flat) + end <= WIDTH:
                text, column = f"{text} {flat}", column + 1 + len(flat)
                continue
            broken = self.attribute(attribute, inner, len(inner) + end)
            text += f"\n{inner}{broken}"
            column = WIDTH if "\n" in broken else len(inner) + len(broken)
        return text

    def attribute(self, node: n.Attribute, pad: str, used: int) -> str:
        name, value = node.name.name, node.value
        if value is None:
            return name
        if isinstance(value, n.Text) and not node.braced:
            return f"{name}={attribute_text(value.value)}"
        used += len(name) + 3
        return f"{name}={{{self.attribute_value(value, pad, used)}}}"

    def attribute_value(self, value: n.Node, pad: str, used: int) -> str:
        match value:
            case n.SlotTemplate():
                head = f"({', '.join(param.name for param in value.params)}) => "
                return head + self.content(value.body, pad, used + len(head))
            case n.Element() | n.Fragment():
                return self.content(value, pad, used)
            case n.HandlerList():
                return self.handler_list(value, pad, used)
            case n.Function():
                return self.handler(value, pad, used)
        return self.expr(value, pad, used)  # type: ignore[arg-type]

    def handler_list(self, node: n.HandlerList, pad: str, used: int) -> str:
        texts = [self.flat_function(one) if isinstance(one, n.Function) else self.flat(one) for one in node.items]
        flat = ", ".join(text for text in texts if text is not None)
        if None not in texts and used + len(flat) + 2 <= WIDTH:
            return f"[{flat}]"
        inner = pad + PAD
        return "[\n" + "".join(f"{inner}{self.handler(one, inner, len(inner))},\n" for one in node.items) + f"{pad}]"


def attribute_text(text: str) -> str:
    """A text as the value of an attribute: in quotes that it does not hold, without escapes.

    >>> print(attribute_text("it's"), attribute_text('a "b"'), attribute_text("&amp;"))
    "it's" 'a "b"' "&amp;amp;"
    """
    safe = text.replace("&", "&amp;")
    if '"' not in safe:
        return f'"{safe}"'
    return f"'{safe}'" if "'" not in safe else '"' + safe.replace('"', "&quot;") + '"'

"""Expressions and types as text: on one line where they fit, else broken at their outermost construct."""

import re
from abc import ABC, abstractmethod

from naslforge.lang import nodes as n

WIDTH = 120
PAD = "  "

_LEVELS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_COMPARISON, _UNARY, _PRIMARY = 4, 7, 9
_PLAIN_NAME = re.compile(r"(?!\d)[\w$]+")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v"}


class ExprPrinter(ABC):
    """`expr(node, pad, used)`: `pad` indents further lines, `used` characters stand before the first one."""

    def expr(self, node: "n.Expr | n.TypeName", pad: str = "", used: int = 0) -> str:
        flat = self.flat(node)
        if flat is not None and used + len(flat) <= WIDTH:
            return flat
        broken = getattr(self, f"broken_{type(node).__name__}", None)
        text = broken(node, pad, used) if broken is not None else None
        if text is not None:
            return text
        return flat if flat is not None else self.fallback(node, pad, used)

    def fallback(self, node: "n.Expr | n.TypeName", pad: str, used: int) -> str:
        """A construct that holds one of several lines somewhere inside."""
        return self.write(node, lambda child: self.expr(child, pad, used))

    # --- one line

    def flat(self, node: "n.Expr | n.TypeName") -> str | None:
        """The text on one line; None where something in it always takes several."""
        try:
            return self._flat(node)
        except _SeveralLines:
            return None

    def _flat(self, node: "n.Expr | n.TypeName") -> str:
        if isinstance(node, n.Match) or (isinstance(node, n.Query) and len(_clauses(node)) > 1):
            raise _SeveralLines
        return self.write(node, self._flat)

    def write(self, node: "n.Expr | n.TypeName", of) -> str:
        """The text of a node from those of its children, which `of` gives."""
        return getattr(self, f"write_{type(node).__name__}")(node, of)

    def write_Hole(self, node: n.Hole, of) -> str:
        return node.span.text

    def write_Null(self, node: n.Null, of) -> str:
        return "null"

    def write_Bool(self, node: n.Bool, of) -> str:
        return "true" if node.value else "false"

    def write_Number(self, node: n.Number, of) -> str:
        return node.text

    def write_Text(self, node: n.Text, of) -> str:
        return quoted(node.value)

    def write_Template(self, node: n.Template, of) -> str:
        return "`" + "".join(_plain(p.value) if isinstance(p, n.Text) else f"${{{of(p)}}}" for p in node.parts) + "`"

    def write_Regex(self, node: n.Regex, of) -> str:
        return f"/{node.pattern}/{node.flags}"

    def write_Name(self, node: n.Name, of) -> str:
        return node.name

    def write_TypeName(self, node: n.TypeName, of) -> str:
        return self.type(node)

    def write_Member(self, node: n.Member, of) -> str:
        return f"{self.tight(node.object, of)}.{node.name.name}"

    def write_Index(self, node: n.Index, of) -> str:
        return f"{self.tight(node.object, of)}[{of(node.index)}]"

    def write_Call(self, node: n.Call, of) -> str:
        return f"{self.callee(node, of)}({', '.join(map(of, node.args))})"

    def callee(self, node: n.Call, of) -> str:
        types = f"<{', '.join(map(self.type, node.type_args))}>" if node.type_args else ""
        return self.tight(node.callee, of) + types

    def write_Lambda(self, node: n.Lambda, of) -> str:
        return f"{self.lambda_head(node)} => {_value(of(node.body))}"

    def lambda_head(self, node: n.Lambda) -> str:
        return f"({', '.join(param.name for param in node.params)})"

    def write_New(self, node: n.New, of) -> str:
        args = of(node.object) if node.object.entries else ""
        return f"new {self.type(node.type)}({args})"

    def write_ListLiteral(self, node: n.ListLiteral, of) -> str:
        return f"[{', '.join(map(of, node.items))}]"

    def write_ObjectLiteral(self, node: n.ObjectLiteral, of) -> str:
        return f"{{ {', '.join(self.entry(entry, of) for entry in node.entries)} }}" if node.entries else "{}"

    def entry(self, node: n.Entry, of) -> str:
        if not isinstance(node.key, n.Ident):
            return f"[{of(node.key)}]: {of(node.value)}"
        name = node.key.name
        key = name if _PLAIN_NAME.fullmatch(name) else quoted(name)
        return key if isinstance(node.value, n.Name) and node.value.name == key else f"{key}: {of(node.value)}"

    def write_Unary(self, node: n.Unary, of) -> str:
        operand = of(node.operand)
        if level(node.operand) < _UNARY or (node.op == "-" and operand.startswith("-")):
            operand = f"({operand})"
        return node.op + operand

    def write_Binary(self, node: n.Binary, of) -> str:
        return f"{self.side(node.left, node, of)} {node.op} {self.side(node.right, node, of, 1)}"

    def side(self, node: n.Expr, of_: n.Binary, of, more: int = 0) -> str:
        text = of(node)
        return f"({text})" if _looser(node, of_, more) or text.startswith("{") else text

    def write_Conditional(self, node: n.Conditional, of) -> str:
        test, then, otherwise = (
            f"({of(part)})" if level(part) == 0 else of(part) for part in (node.test, node.then, node.otherwise)
        )
        return f"{test} ? {then} : {otherwise}"

    def write_Query(self, node: n.Query, of) -> str:
        clauses = "".join(f".{name}({', '.join(map(of, args))})" for name, args in self.clauses(node, of))
        return f"FROM({of(node.entity)}, {node.row.name} => ${clauses})"

    def write__Raw(self, node: "_Raw", of) -> str:
        return node.text

    def tight(self, node: n.Expr, of) -> str:
        """Before a `.`, `(` or `[`."""
        text = of(node)
        return f"({text})" if level(node) < _PRIMARY or isinstance(node, (n.Number, n.ObjectLiteral, n.New)) else text

    def clauses(self, node: n.Query, of) -> "list[tuple[str, list]]":
        """Names and arguments of a query's clauses in canonical order."""
        found: list[tuple[str, list]] = []
        for name, args in _clauses(node):
            if name.endswith("_JOIN"):
                join: n.Join = args[0]
                args = [join.entity, _Raw(f"{join.row.name} => ON({of(join.on)})")]
            elif name == "ORDER_BY":
                args = [_Raw(self._order_key(key, of)) for key in args]
            found.append((name, args))
        return found

    def _order_key(self, key: n.OrderKey, of) -> str:
        parts = [key.key] if key.direction is None else [key.key, key.direction]
        return f"[{', '.join(map(of, parts))}]"

    # --- several lines

    def broken_Query(self, node: n.Query, pad: str, used: int) -> str:
        inner = pad + PAD
        lines = [f"FROM({self.expr(node.entity, pad, used)}, {node.row.name} => $"]
        for name, args in self.clauses(node, lambda child: self.expr(child, inner, 0)):
            text = f"{inner}.{name}({', '.join(self.expr(arg, inner, 0) for arg in args)})"
            if max(map(len, text.split("\n"))) > WIDTH or "\n" in text:
                raw = self.clauses_broken(name, node, inner)
                text = raw if raw is not None else text
            lines.append(text)
        return "\n".join(lines) + ")"

    def clauses_broken(self, name: str, node: n.Query, pad: str) -> str | None:
        """A clause that does not fit on its line."""
        used = len(pad) + len(name) + 2
        for other, args in _clauses(node):
            if other != name or name.endswith("_JOIN") or name == "ORDER_BY":
                continue
            return f"{pad}.{name}({self.listed(args, pad, used)})"
        return None

    def listed(self, args: "list", pad: str, used: int) -> str:
        """Arguments behind an open parenthesis, which the caller closes."""
        if len(args) == 1:
            return self.expr(args[0], pad, used)
        flat = [self.flat(arg) for arg in args]
        if None in flat and sum(len(text) + 2 for text in flat if text is not None) + used < WIDTH:
            return ", ".join(self.expr(arg, pad, used) for arg in args)
        inner = pad + PAD
        return "\n" + ",\n".join(inner + self.expr(arg, inner, len(inner)) for arg in args) + "\n" + pad

    def broken_Call(self, node: n.Call, pad: str, used: int) -> str:
        callee = self.callee(node, lambda child: self.expr(child, pad, used))
        if not node.args:
            return f"{callee}()"
        head = len(callee.rsplit("\n", 1)[-1]) + (0 if "\n" in callee else used) + 1
        if self._hugs(node.args):
            before = "".join(f"{self.flat(arg)}, " for arg in node.args[:-1])
            if head + len(before) < WIDTH:
                return f"{callee}({before}{self.expr(node.args[-1], pad, head + len(before))})"
        return f"{callee}({self.listed(list(node.args), pad, head)})"

    def _hugs(self, args: "tuple[n.Expr, ...]") -> bool:
        """The last argument may break behind plain ones: `Add(list, new X({` and the rest below."""
        last = args[-1]
        breaks = (n.ObjectLiteral, n.ListLiteral, n.New, n.Lambda, n.Query)
        return isinstance(last, breaks) and all(self.flat(arg) is not None for arg in args[:-1])

    def broken_New(self, node: n.New, pad: str, used: int) -> str | None:
        if not node.object.entries:
            return None
        head = f"new {self.type(node.type)}("
        return f"{head}{self.broken_ObjectLiteral(node.object, pad, used + len(head))})"

    def broken_Lambda(self, node: n.Lambda, pad: str, used: int) -> str:
        head = f"{self.lambda_head(node)} => "
        return head + _value(self.expr(node.body, pad, used + len(head)))

    def broken_ListLiteral(self, node: n.ListLiteral, pad: str, used: int) -> str | None:
        if not node.items:
            return None
        inner = pad + PAD
        return "[\n" + "".join(f"{inner}{self.expr(item, inner, len(inner))},\n" for item in node.items) + f"{pad}]"

    def broken_ObjectLiteral(self, node: n.ObjectLiteral, pad: str, used: int) -> str | None:
        if not node.entries:
            return None
        inner = pad + PAD
        lines = [self.entry(e, lambda child: self.expr(child, inner, len(inner) + 16)) for e in node.entries]
        return "{\n" + "".join(f"{inner}{line},\n" for line in lines) + f"{pad}}}"

    def broken_Binary(self, node: n.Binary, pad: str, used: int) -> str | None:
        """A chain of one level, one operand a line."""
        parts = _chain(node, _LEVELS[node.op])
        inner = pad + PAD

        def side(part: n.Expr, more: int) -> str:
            text = self.expr(part, inner, len(inner) + 4)
            return f"({text})" if _looser(part, node, more) or text.startswith("{") else text

        first = side(parts[0][1], 0)
        return first + "".join(f"\n{inner}{op} {side(part, 1)}" for op, part in parts[1:])

    def broken_Match(self, node: n.Match, pad: str, used: int) -> str:
        inner = pad + PAD
        chain: list[str] = []
        for branch in node.branches:
            test = " || ".join(self.pattern(node.param.name, pattern) for pattern in branch.patterns)
            chain.append(f"if ({test}) {self.block(branch.body, inner)}")
        if node.otherwise is not None:
            chain.append(self.block(node.otherwise, inner))
        subject = self.expr(node.subject, pad, used)
        return f"(function match({node.param.name}) {{\n{inner}{' else '.join(chain)}\n{pad}}})({subject})"

    def pattern(self, name: str, pattern: "n.Expr | n.TypeName") -> str:
        if isinstance(pattern, n.TypeName):
            return f"{name} instanceof {self.type(pattern)}"
        text = self.expr(pattern)
        return f"{name} === {f'({text})' if level(pattern) <= _LEVELS['=='] else text}"

    @abstractmethod
    def block(self, block: n.Block, pad: str) -> str: ...  # StatementPrinter

    # --- types

    def type(self, node: n.TypeExpr) -> str:
        """Types stay on one line."""
        match node:
            case n.TypeName(name=name, args=args):
                return f"{name}<{', '.join(map(self.type, args))}>" if args else name
            case n.TypeRecord(fields=fields):
                inner = ", ".join(f"{key(field.name.name)}: {self.type(field.type)}" for field in fields)
                return f"{{ {inner} }}" if inner else "{}"
            case n.TypeUnion(members=members):
                texts = (f"({self.type(m)})" if isinstance(m, n.TypeFunction) else self.type(m) for m in members)
                return " | ".join(texts)
            case n.TypeFunction(params=params, result=result):
                return f"({', '.join(map(self.param, params))}) => {self.type(result)}"
        return node.span.text

    def param(self, node: n.Param) -> str:
        type_ = f": {self.type(node.type)}" if node.type is not None else ""
        default = f" = {self.expr(node.default)}" if node.default is not None else ""
        return f"{node.name.name}{type_}{default}"


class _SeveralLines(Exception):
    """Something in the expression always takes several lines."""


class _Raw:
    """Text that is printed already."""

    def __init__(self, text: str) -> None:
        self.text = text


def level(node: "n.Expr | n.TypeName") -> int:
    """How tightly the outermost construct binds."""
    match node:
        case n.Binary(op=op):
            return _LEVELS.get(op, 0)
        case n.Conditional() | n.Lambda() | n.Hole():
            return 0
        case n.Unary():
            return _UNARY
        case n.Number(text=text) if text.startswith("-"):
            return _UNARY
    return _PRIMARY


def key(name: str) -> str:
    """A property name, quoted where it is no plain one."""
    return name if _PLAIN_NAME.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """A text literal in single quotes.

    >>> print(quoted("it's\\n中"))
    'it\\'s\\n中'
    """
    return "'" + "".join(map(_escaped, text)) + "'"


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    hidden = char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char <= "\udfff" or char in "\u2028\u2029\ufeff"
    return f"\\u{ord(char):04x}" if hidden else char


def _plain(text: str) -> str:
    """A plain stretch of a template."""
    kept = "".join(char if char in "\n\t'" else _escaped(char) for char in text)
    return kept.replace("`", "\\`").replace("${", "\\${")


def _value(text: str) -> str:
    """A lambda's body: an object would be read as a block."""
    return f"({text})" if text.startswith("{") else text


def _looser(part: n.Expr, around: n.Binary, more: int) -> bool:
    """Does an operand need parentheses? A comparison of comparisons too: `a < b > (c)` reads as a call `a<b>(c)`."""
    least = _LEVELS[around.op]
    return level(part) < least + (1 if least == _COMPARISON else more)


def _chain(node: n.Binary, level_: int) -> "list[tuple[str, n.Expr]]":
    """The operands of `a op b op c`, each with the operator before it."""
    found: list[tuple[str, n.Expr]] = []
    here: n.Expr = node
    while isinstance(here, n.Binary) and _LEVELS[here.op] == level_ and (here is node or level_ != _COMPARISON):
        found.append((here.op, here.right))
        here = here.left
    return [("", here), *found[::-1]]


def _clauses(node: n.Query) -> "list[tuple[str, list]]":
    """Names and arguments of the clauses, joins and order keys as nodes."""
    found: list[tuple[str, list]] = [(f"{join.kind}_JOIN", [join]) for join in node.joins]
    if node.where is not None:
        found.append(("WHERE", [node.where]))
    if node.group_by:
        found.append(("GROUP_BY", list(node.group_by)))
    if node.having is not None:
        found.append(("HAVING", [node.having]))
    if node.order_by:
        found.append(("ORDER_BY", list(node.order_by)))
    if node.select is not None:
        found.append(("SELECT_DISTINCT" if node.distinct else "SELECT", [node.select]))
    if node.limit is not None:
        limit = node.limit
        found.append(("LIMIT", [limit.size] if limit.page is None else [limit.page, limit.size]))
    return found

"""NASL trees as plain TypeScript: the sister dialect that the embedded base model knows before it learns NASL.

The text is meant for reading, not for running: list methods, `===`, template literals, ternaries, lodash, dayjs, and
queries as options of a `findMany`. What has no such form raises Untranslatable, and the task is left out.
"""

import re
from collections.abc import Iterable
from typing import Any

from naslforge.lang import Source, parse
from naslforge.lang import nodes as n
from naslforge.llm import compact
from naslforge.records import Example, Task
from naslforge.synth.typescript_library import BY_TYPE, FUNCTIONS, TABLE, TYPES


class Untranslatable(Exception):
    """A NASL construct that has no form in the sister dialect."""


def example(task: Task) -> Example | None:
    """The task's reference in the sister dialect as a training conversation, None where it has no such form."""
    reference = task.meta.get("reference")
    if not reference or not task.signature:
        return None
    unit = parse([Source("reference.ts", reference)]).units[0]
    found = [node for node in unit.walk() if isinstance(node, n.Function)]
    if len(found) != 1:
        return None
    try:
        answer = function_body(found[0])
    except Untranslatable:
        return None
    messages = [
        {"role": "user", "content": compact.prompt(task.instruction, task.context, task.signature)},
        {"role": "assistant", "content": answer},
    ]
    keys = ("family", "domain", "source", "license")
    meta: dict[str, Any] = {key: task.meta[key] for key in keys if key in task.meta}
    return Example(task.id, messages, meta | {"dialect": "typescript"})


def function_body(function: n.Function) -> str:
    """The statements of a logic as TypeScript, without its head."""
    if function.body is None:
        raise Untranslatable("a declaration has no body")
    return "\n".join(_Printer().statements(function.body.statements))


def type_text(type_: n.TypeExpr) -> str:
    """A NASL type as a TypeScript type."""
    match type_:
        case n.TypeName(name=name, args=args):
            short = name.rsplit(".", 1)[-1]
            if short == "List":
                inner = type_text(args[0])
                return f"({inner})[]" if " " in inner and not inner.startswith(("{", "Map<")) else f"{inner}[]"
            tail = f"<{', '.join(map(type_text, args))}>" if args else ""
            return TYPES.get(short, short) + tail
        case n.TypeRecord(fields=fields):
            return "{ " + "; ".join(f"{f.name.name}: {type_text(f.type)}" for f in fields) + " }"
        case n.TypeUnion(members=members):
            return " | ".join(map(type_text, members))
    raise Untranslatable(type(type_).__name__)


_ATOMS = re.compile(r"^!?[\w$.]+$|^'(?:[^'\\]|\\.)*'$|^\[[^\[\]]*\]$")
_START = {"List": "[]", "Map": "new Map()"}


class _Printer:
    """Prints statements as lines and expressions as text."""

    def __init__(self) -> None:
        self._depth = 0  # of queries

    # --- statements

    def statements(self, statements: "Iterable[n.Stmt]") -> list[str]:
        return [line for statement in statements for line in self.statement(statement)]

    def block(self, head: str, block: n.Block, tail: str = "}") -> list[str]:
        return [head + " {", *("  " + line for line in self.statements(block.statements)), tail]

    def statement(self, node: n.Stmt) -> list[str]:
        match node:
            case n.Let():
                return [self.let(node)]
            case n.Assign(target=target, value=value):
                return [f"{self.expr(target)} = {self.expr(value)};"]
            case n.ExprStmt(expr=n.Match() as found):
                return self.switch(found)
            case n.ExprStmt(expr=n.Call(callee=callee, args=(n.Name(name=name), *_)) as call) if (
                dotted(callee) in _IN_PLACE
            ):
                return [f"{name} = {self.expr(call)};"]
            case n.ExprStmt(expr=expr):
                return [self.expr(expr) + ";"]
            case n.If():
                return self.if_(node)
            case n.While(test=test, body=body):
                return self.block(f"while ({self.expr(test)})", body)
            case n.ForList():
                return self.loop(node)
            case n.Return(value=None):
                return ["return;"]
            case n.Return(value=value) if value is not None:
                return [f"return {self.expr(value)};"]
            case n.Abort(message=message):
                return [f"throw new Error({self.expr(message) if message else ''});"]
            case n.Comment(text=text):
                return text.split("\n")
        raise Untranslatable(type(node).__name__)

    def let(self, node: n.Let) -> str:
        written = f": {type_text(node.type)}" if node.type else ""
        value = self.expr(node.init) if node.init else ""
        if not value and isinstance(node.type, n.TypeName):
            short = node.type.name.rsplit(".", 1)[-1]
            value = _START.get(short, "" if short in TYPES or ".enums." in node.type.name else "{}")
        return f"let {node.name.name}{written}{f' = {value}' if value else ''};"

    def if_(self, node: n.If) -> list[str]:
        lines = self.block(f"if ({self.expr(node.test)})", node.then)
        match node.otherwise:
            case n.If() as other:
                inner = self.if_(other)
                return [*lines[:-1], "} else " + inner[0], *inner[1:]]
            case n.Block(statements=statements) as other if statements:
                return [*lines[:-1], *self.block("} else", other)]
        return lines

    def loop(self, node: n.ForList) -> list[str]:
        items = self.receiver(node.list)
        if node.start or node.end:
            ends = ", ".join(self.expr(e) for e in (node.start, node.end) if e)
            items = f"{items}.slice({ends})"
        used = node.index and any(isinstance(x, n.Name) and x.name == node.index.name for x in node.body.walk())
        if used and node.index:
            return self.block(f"for (const [{node.index.name}, {node.item.name}] of {items}.entries())", node.body)
        return self.block(f"for (const {node.item.name} of {items})", node.body)

    def switch(self, node: n.Match) -> list[str]:
        lines = [f"switch ({self.expr(node.subject)}) {{"]
        for branch in node.branches:
            lines += [f"  case {self.pattern(p)}:" for p in branch.patterns]
            lines += [*("    " + line for line in self.statements(branch.body.statements)), "    break;"]
        if node.otherwise and node.otherwise.statements:
            lines += ["  default:", *("    " + line for line in self.statements(node.otherwise.statements))]
        return [*lines, "}"]

    # --- expressions

    def expr(self, node: n.Node) -> str:
        match node:
            case n.Null():
                return "null"
            case n.Bool(value=value):
                return "true" if value else "false"
            case n.Number(text=text):
                return text
            case n.Text(value=value):
                return quoted(value)
            case n.Template(parts=parts):
                return self.template(parts)
            case n.Regex(pattern=pattern, flags=flags):
                return f"/{pattern}/{flags}"
            case n.Name(name=name):
                return name
            case n.Member():
                return self.member(node)
            case n.Call():
                return self.call(node)
            case n.Lambda(params=params, body=body):
                text = self.expr(body)
                return f"({', '.join(p.name for p in params)}) => {f'({text})' if text.startswith('{') else text}"
            case n.New(type=n.TypeName(name="nasl.util.Regex" | "Regex"), object=literal):
                return regex(literal)
            case n.New(object=literal):
                return self.expr(literal)
            case n.ListLiteral(items=items):
                return f"[{', '.join(map(self.expr, items))}]"
            case n.ObjectLiteral(entries=entries):
                return self.entries(entries)
            case n.Unary(op=op, operand=operand):
                return f"{op}{self.receiver(operand)}"
            case n.Binary():
                return self.binary(node)
            case n.Match():
                return self.choice(node)
            case n.Query():
                return self.query(node, "findMany")
            case n.Conditional(test=test, then=then, otherwise=otherwise):
                return f"{self.expr(test)} ? {self.expr(then)} : {self.expr(otherwise)}"
        raise Untranslatable(type(node).__name__)

    def receiver(self, node: n.Node) -> str:
        """An expression that stands before a dot or beside an operator."""
        text = self.expr(node)
        simple = isinstance(node, n.Call) and not text.startswith(("await ", "!")) and text.endswith((")", "]"))
        return text if simple or _ATOMS.match(text) or text.endswith(".length") else f"({text})"

    def member(self, node: n.Member) -> str:
        full = dotted(node)
        if full:
            for space in ("app.enums.", "app.backend.variables.", "app.structures.", "app.logics."):
                if full.startswith(space):
                    return full.removeprefix(space)
            if full.startswith(("nasl.", "app.")):
                raise Untranslatable(full)
        return f"{self.receiver(node.object)}.{node.name.name}"

    def entries(self, entries: tuple[n.Entry, ...]) -> str:
        if not entries:
            return "{}"
        parts = []
        for entry in entries:
            key = entry.key.name if isinstance(entry.key, n.Ident) else f"[{self.expr(entry.key)}]"
            value = self.expr(entry.value)
            parts.append(
                key if key == value else f"{key if key.isidentifier() or key[0] == '[' else quoted(key)}: {value}"
            )
        return "{ " + ", ".join(parts) + " }"

    def template(self, parts: "Iterable[n.Node]") -> str:
        out = ""
        for part in parts:
            if isinstance(part, n.Text):
                out += part.value.replace("\\", "\\\\").replace("`", "\\`").replace("\n", "\\n")
            else:
                out += "${" + self.expr(part) + "}"
        return f"`{out}`"

    def binary(self, node: n.Binary) -> str:
        op = {"==": "===", "!=": "!=="}.get(node.op, node.op)
        return f"{self.side(node.left, node, False)} {op} {self.side(node.right, node, True)}"

    def side(self, node: n.Node, parent: n.Binary, right: bool) -> str:
        if isinstance(node, n.Binary):
            inner, outer = _LEVELS[node.op], _LEVELS[parent.op]
            keep = inner < outer or (inner == outer and right) or (inner == outer and node.op in _COMPARES)
            return f"({self.expr(node)})" if keep else self.expr(node)
        text = self.expr(node)
        return f"({text})" if " ? " in text or " ?? " in text or text.startswith("await ") else text

    def choice(self, node: n.Match) -> str:
        subject = self.receiver(node.subject)
        text = ""
        for branch in node.branches:
            test = " || ".join(f"{subject} === {self.pattern(p)}" for p in branch.patterns)
            text += f"{test} ? {self.only(branch.body)} : "
        return text + (self.only(node.otherwise) if node.otherwise else "null")

    def only(self, block: n.Block) -> str:
        match block.statements:
            case (n.Return(value=value),) if value is not None:
                return self.expr(value)
        raise Untranslatable("a match branch with statements")

    def pattern(self, node: n.Node) -> str:
        if isinstance(node, n.TypeName):
            raise Untranslatable("a type pattern")
        return self.expr(node)

    # --- calls

    def call(self, node: n.Call) -> str:
        name = dotted(node.callee)
        if not name:
            raise Untranslatable("a call of a value")
        space, _, last = name.rpartition(".")
        if ".entities." in name or space.endswith("Entity"):
            table = f"db.{space.rsplit('.', 1)[-1].removesuffix('Entity')}"
            return self.fill(TABLE.get(last), node, table)
        if space == "app.logics" or (not space and last[0].islower()):
            return f"{last}({', '.join(map(self.expr, node.args))})"
        if last in _GLOBALS:
            return self.special(last, node)
        if last in BY_TYPE:
            wanted = node.type_args[0] if node.type_args else None
            short = wanted.name.rsplit(".", 1)[-1] if isinstance(wanted, n.TypeName) else ""
            row = BY_TYPE[last].get(short)
            return self.fill((row,) if row else None, node)
        return self.fill(FUNCTIONS.get(last), node)

    def special(self, name: str, node: n.Call) -> str:
        match name, node.args:
            case "PAGINATE", (n.Query() as query, page, size):
                return self.query(query, "findPage", self.paging(page, size))
            case "PAGINATE", (rows, page, size):
                return f"paginate({self.expr(rows)}, {self.expr(page)}, {self.expr(size)})"
            case "ListSort", (rows, n.Lambda(params=params, body=key), n.Bool(value=ascending)):
                return self.order(rows, [(params[0].name, key, ascending)])
            case "ListSort", (rows, *criteria):
                return self.order(rows, [self.criterion(c) for c in criteria])
            case "New" | "NewList" | "NewMap" | "NewEntity" | "NewStructure" | "NewAnonymousStructure", (value,):
                text = self.expr(value)
                return (
                    f"new Map(Object.entries({text}))"
                    if name == "NewMap" and text != "{}"
                    else ("new Map()" if name == "NewMap" else text)
                )
            case "New" | "NewList" | "NewMap" | "NewEntity" | "NewStructure", ():
                return {"NewList": "[]", "NewMap": "new Map()"}.get(name, "{}")
            case "EnumToList", ():
                return f"Object.values({type_text(node.type_args[0])})"
            case "Regex", _:
                raise Untranslatable("Regex")
        raise Untranslatable(name)

    def criterion(self, node: n.Node) -> tuple[str, n.Node, bool]:
        match node:
            case n.Lambda(params=(param, *_), body=n.ObjectLiteral(entries=entries)):
                found = {e.key.name: e.value for e in entries if isinstance(e.key, n.Ident)}
                ascending = found.get("asc")
                if "by" in found and isinstance(ascending, n.Bool):
                    return param.name, found["by"], ascending.value
        raise Untranslatable("a sort criterion")

    def order(self, rows: n.Node, keys: list[tuple[str, n.Node, bool]]) -> str:
        picks = ", ".join(f"({name}) => {self.expr(key)}" for name, key, _ in keys)
        ways = ", ".join("'asc'" if ascending else "'desc'" for *_, ascending in keys)
        return f"_.orderBy({self.expr(rows)}, [{picks}], [{ways}])"

    def fill(self, rows: tuple[str, ...] | None, node: n.Call, table: str = "") -> str:
        """The function's pattern for that many arguments, with the arguments put in."""
        name, count = dotted(node.callee), len(node.args)
        if not rows:
            raise Untranslatable(name)
        least = max((int(i) + 1 for i in re.findall(r"\{(\d)", rows[0])), default=0)
        if count < least:
            raise Untranslatable(f"{name} with {count} arguments")
        row = rows[min(count - least, len(rows) - 1)].replace("{t}", table)

        def filled(part: re.Match[str]) -> str:
            if part[0] in ("{{", "}}"):
                return part[0][0]
            if part[0] == "{*}":
                return ", ".join(map(self.expr, node.args))
            argument = node.args[int(part[0][1])]
            return self.receiver(argument) if part[0][2] == "." else self.expr(argument)

        return re.sub(r"\{\{|\}\}|\{\d\.?\}|\{\*\}", filled, row)

    # --- queries

    def paging(self, page: n.Node, size: n.Node) -> list[str]:
        return [f"page: {self.expr(page)}", f"size: {self.expr(size)}"]

    def query(self, node: n.Query, method: str, paging: list[str] | None = None) -> str:
        rows = [node.row.name, *(join.row.name for join in node.joins)]
        tables = [f".{j.kind.lower()}Join(db.{table_name(j.entity)})" for j in node.joins]
        source = "".join([f"db.{table_name(node.entity)}", *tables])
        self._depth += 1
        parts = self.options(node)
        self._depth -= 1
        parts += paging or []
        if self._depth:  # a query inside a query stays on its line
            inner = f"({{ {', '.join(parts)} }})"
        else:
            inner = "\n".join(["({", *(f"  {part}," for part in parts), "})"])
        return f"await {source}.{method}(({', '.join(rows)}) => {inner})"

    def options(self, node: n.Query) -> list[str]:
        parts = [f"on: {self.expr(join.on)}" for join in node.joins]
        if node.where:
            parts.append(f"where: {self.expr(node.where)}")
        if node.group_by:
            parts.append(f"groupBy: [{', '.join(map(self.expr, node.group_by))}]")
        if node.having:
            parts.append(f"having: {self.expr(node.having)}")
        if node.order_by:
            parts.append(f"orderBy: [{', '.join(map(self.sorting, node.order_by))}]")
        if node.select:
            parts.append(f"select: {self.expr(node.select)}")
        if node.distinct:
            parts.append("distinct: true")
        if node.limit and node.limit.page:
            parts += self.paging(node.limit.page, node.limit.size)
        elif node.limit:
            parts.append(f"take: {self.expr(node.limit.size)}")
        return parts

    def sorting(self, key: n.OrderKey) -> str:
        way = key.direction
        if way is None or (isinstance(way, n.Text) and way.value.upper() == "ASC"):
            return self.expr(key.key)
        if isinstance(way, n.Text):
            return f"desc({self.expr(key.key)})"
        return f"sorted({self.expr(key.key)}, {self.expr(way)})"


_GLOBALS = {"PAGINATE", "ListSort", "New", "NewList", "NewMap", "NewEntity", "NewStructure", "NewAnonymousStructure",
            "EnumToList", "Regex"}  # fmt: skip
_IN_PLACE = {"nasl.util.ListSort", "nasl.util.ListDistinct"}  # lodash gives a new list
_COMPARES = {"==", "!=", "<", "<=", ">", ">="}
_LEVELS = {"||": 1, "&&": 2, **dict.fromkeys(_COMPARES, 3), "+": 4, "-": 4, "*": 5, "/": 5, "%": 5}


def dotted(node: n.Node) -> str:
    """`app.logics.f` for a chain of members over a name, '' for anything else."""
    match node:
        case n.Name(name=name):
            return name
        case n.Member(object=inner, name=name):
            before = dotted(inner)
            return f"{before}.{name.name}" if before else ""
    return ""


def table_name(entity: n.Node) -> str:
    """`Order` for `app.dataSources.defaultDS.entities.OrderEntity`."""
    name = dotted(entity)
    if not name.endswith("Entity"):
        raise Untranslatable("a query over something that is no entity")
    return name.rsplit(".", 1)[-1].removesuffix("Entity")


def regex(literal: n.ObjectLiteral) -> str:
    """`{ pattern: '\\\\d+', flags: 'g' }` as `/\\d+/g`."""
    found = {e.key.name: e.value for e in literal.entries if isinstance(e.key, n.Ident)}
    pattern, flags = found.get("pattern"), found.get("flags")
    if not isinstance(pattern, n.Text) or not (flags is None or isinstance(flags, n.Text)):
        raise Untranslatable("a computed regex")
    return f"/{pattern.value.replace('/', chr(92) + '/')}/{flags.value if flags else ''}"


def quoted(text: str) -> str:
    """A TypeScript text literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\t", "\\t") + "'"

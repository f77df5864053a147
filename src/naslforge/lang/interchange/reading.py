"""From AST to nodes: types, expressions, statements. What cannot be said in text is reported and leaves a comment."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.diagnostics import Report
from naslforge.lang.interchange.carried import KEEP
from naslforge.lang.interchange.names import NOWHERE, is_name, is_path
from naslforge.lang.rules import NOT_CONVERTIBLE

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SYMBOLS = frozenset(["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"])
_WORDS = {"like": "LIKE", "startwith": "STARTS_WITH", "endwith": "ENDS_WITH", "in": "IN", "contains": "CONTAINS"}
_MOST_DEEP = 150
Json = dict[str, Any]


class CannotBeText(Exception):
    """A part of the AST that has no text form; the message says what."""


class Reading(ABC):
    """Reads one AST. Every method takes a JSON value and its path, and gives nodes."""

    def __init__(self) -> None:
        self.report = Report()
        self.depth = 0
        self.result = ""  # the variable that the logic returns

    # --- shapes

    def keep(self, node: Json, field: str) -> None:
        """The field comes back from the sidecar: the text cannot hold this value of it."""
        node.setdefault(KEEP, []).append(field)

    def cannot(self, path: str, what: str, what_zh: str) -> None:
        self.report.add(NOT_CONVERTIBLE, NOWHERE, path=path or "$", what=what, what_zh=what_zh)

    def concept(self, value: Any, path: str) -> str:
        if not isinstance(value, dict) or not isinstance(value.get("concept"), str):
            raise CannotBeText(f"{path}: an object with a concept was expected")
        return str(value["concept"])

    def list(self, value: Any, path: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise CannotBeText(f"{path}: a list was expected")
        return value

    def ident(self, name: Any, path: str) -> n.Ident:
        if not is_name(name):
            raise CannotBeText(f"{path}: {str(name)[:60]!r} is no name that a program can have")
        return n.Ident(NOWHERE, name)

    def path_of(self, text: Any, path: str) -> n.Expr:
        """A dotted name as an expression."""
        if not is_path(text):
            raise CannotBeText(f"{path}: {str(text)[:60]!r} is no dotted name")
        first, *rest = str(text).split(".")
        if not is_name(first):
            raise CannotBeText(f"{path}: {first[:60]!r} is no name that a program can have")
        found: n.Expr = n.Name(NOWHERE, first)
        for part in rest:
            found = n.Member(NOWHERE, found, n.Ident(NOWHERE, part))
        return found

    # --- types

    def type(self, value: Any, path: str) -> n.TypeExpr:
        self.concept(value, path)
        kind, name, space = value.get("typeKind"), value.get("typeName"), value.get("typeNamespace")
        args = tuple(self.type(a, f"{path}.typeArguments") for a in self.list(value.get("typeArguments"), path))
        if kind == "union":
            return n.TypeUnion(NOWHERE, args) if args else n.TypeName(NOWHERE, "Any")
        if kind == "anonymousStructure":
            return n.TypeRecord(
                NOWHERE, tuple(self._type_field(p, path) for p in self.list(value.get("properties"), path))
            )
        if kind == "function":
            return self._function_type(value, args, path)
        plain = kind in ("primitive", "typeParam") or space in ("nasl.core", "nasl.collection", None, "")
        full = name if plain else f"{space}.{name}"
        if not is_path(full):
            raise CannotBeText(f"{path}: {str(full)[:60]!r} is no type")
        return n.TypeName(NOWHERE, str(full), args)

    def _type_field(self, value: Any, path: str) -> n.TypeField:
        self.concept(value, path)
        name = self.ident(value.get("name"), path)
        return n.TypeField(NOWHERE, name, self.type(value.get("typeAnnotation"), f"{path}.{name.name}"))

    def _function_type(self, value: Json, args: tuple[n.TypeExpr, ...], path: str) -> n.TypeExpr:
        params = tuple(n.Param(NOWHERE, n.Ident(NOWHERE, f"a{i}"), a) for i, a in enumerate(args))
        returned = value.get("returnType")
        found = [self.type(r, path) for r in (returned if isinstance(returned, list) else [returned]) if r]
        return n.TypeFunction(NOWHERE, params, found[0] if found else n.TypeName(NOWHERE, "void"))

    def maybe_type(self, value: Any, path: str) -> n.TypeExpr | None:
        return self.type(value, path) if value else None

    # --- expressions

    def expr(self, value: Any, path: str) -> n.Expr:
        """An expression. Raises CannotBeText."""
        concept = self.concept(value, path)
        read: Callable[[Json, str], n.Expr] | None = getattr(self, f"expr_{concept}", None)
        if read is None:
            raise CannotBeText(f"{path}: a {concept[:40]} is no expression with a text form")
        self.depth += 1
        try:
            if self.depth > _MOST_DEEP:
                raise CannotBeText(f"{path}: nested too deeply")
            return read(value, path)
        finally:
            self.depth -= 1

    def maybe(self, value: Any, path: str) -> n.Expr | None:
        return self.expr(value, path) if value else None

    def expr_StringLiteral(self, value: Json, path: str) -> n.Expr:
        text = value.get("value")
        if text is not None and not isinstance(text, str):
            raise CannotBeText(f"{path}: the value of a literal is a text")
        return n.Text(NOWHERE, text or "")

    def expr_NumericLiteral(self, value: Json, path: str) -> n.Expr:
        text = str(value.get("value") if value.get("value") not in (None, "") else "0")
        if _NUMBER.fullmatch(text) is None:
            raise CannotBeText(f"{path}: {text[:40]!r} is no number")
        return n.Number(NOWHERE, text)

    def expr_BooleanLiteral(self, value: Json, path: str) -> n.Expr:
        return n.Bool(NOWHERE, value.get("value") in ("true", True))

    def expr_NullLiteral(self, value: Json, path: str) -> n.Expr:
        return n.Null(NOWHERE)

    def expr_StringInterpolation(self, value: Json, path: str) -> n.Expr:
        parts = [self.expr(e, f"{path}.expressions") for e in self.list(value.get("expressions"), path)]
        return n.Template(NOWHERE, tuple(parts))

    def expr_Identifier(self, value: Json, path: str) -> n.Expr:
        space, name = value.get("namespace"), value.get("name")
        return self.path_of(f"{space}.{name}" if space else name, path)

    def expr_MemberExpression(self, value: Json, path: str) -> n.Expr:
        owner = self.expr(value.get("object"), f"{path}.object")
        self.concept(value.get("property"), f"{path}.property")
        return n.Member(NOWHERE, owner, self._member_name(value["property"].get("name"), path))

    def _member_name(self, name: Any, path: str) -> n.Ident:
        if not is_path(name) or "." in name:
            raise CannotBeText(f"{path}: {str(name)[:60]!r} is no name of a property")
        return n.Ident(NOWHERE, name)

    def expr_BinaryExpression(self, value: Json, path: str) -> n.Expr:
        op = value.get("operator")
        left, right = self.expr(value.get("left"), f"{path}.left"), self.expr(value.get("right"), f"{path}.right")
        return self.operation(op, left, right, path)

    def operation(self, op: Any, left: n.Expr, right: n.Expr, path: str) -> n.Expr:
        if op in _SYMBOLS:
            return n.Binary(NOWHERE, op, left, right)
        if op in _WORDS:
            return n.Call(NOWHERE, n.Name(NOWHERE, _WORDS[op]), (), (left, right))
        raise CannotBeText(f"{path}: there is no operator {str(op)[:20]!r}")

    def expr_VariadicExpression(self, value: Json, path: str) -> n.Expr:
        parts = [self.expr(e, f"{path}.arguments") for e in self.list(value.get("arguments"), path)]
        if not parts:
            raise CannotBeText(f"{path}: an operator without operands")
        found = parts[0]
        for part in parts[1:]:
            found = self.operation(value.get("operator"), found, part, path)
        return found

    def expr_UnaryExpression(self, value: Json, path: str) -> n.Expr:
        inner = self.expr(value.get("argument"), f"{path}.argument")
        if value.get("operator") == "!":
            return n.Unary(NOWHERE, "!", inner)
        if value.get("operator") == "isNull":
            return n.Call(NOWHERE, n.Name(NOWHERE, "IS_NULL"), (), (inner,))
        raise CannotBeText(f"{path}: there is no operator {str(value.get('operator'))[:20]!r}")

    def call(self, value: Json, path: str) -> n.Expr:
        space = value.get("calleeNamespace")
        callee = self.path_of(f"{space}.{value.get('calleeName')}" if space else value.get("calleeName"), path)
        types = tuple(self.type(t, f"{path}.typeArguments") for t in self.list(value.get("typeArguments"), path))
        return n.Call(NOWHERE, callee, types, self.arguments(value.get("arguments"), f"{path}.arguments"))

    expr_CallFunction = expr_CallLogic = expr_CallInterface = expr_CallConnector = expr_CallAuthInterface = call

    def arguments(self, value: Any, path: str) -> tuple[n.Expr, ...]:
        """Arguments by place; those left out at the end stay out, others are null."""
        found: list[n.Expr | None] = []
        for i, argument in enumerate(self.list(value, path)):
            self.concept(argument, f"{path}[{i}]")
            found.append(self.maybe(argument.get("expression"), f"{path}[{i}]"))
        while found and found[-1] is None:
            found.pop()
        return tuple(arg if arg is not None else n.Null(NOWHERE) for arg in found)

    def expr_AnonymousFunction(self, value: Json, path: str) -> n.Expr:
        params = []
        for param in self.list(value.get("params"), path):
            self.concept(param, path)
            params.append(self.ident(param.get("name"), f"{path}.params"))
        body = value.get("body")
        return n.Lambda(NOWHERE, tuple(params), self.expr(body, f"{path}.body"))

    def expr_SelectMembers(self, value: Json, path: str) -> n.Expr:
        return n.ListLiteral(NOWHERE, tuple(self.expr(m, path) for m in self.list(value.get("members"), path)))

    def _made(self, name: str, types: tuple[n.TypeExpr, ...], content: n.Expr) -> n.Expr:
        return n.Call(NOWHERE, self.path_of(f"nasl.util.{name}", ""), types, (content,))

    def expr_NewList(self, value: Json, path: str) -> n.Expr:
        items = tuple(self.expr(e, f"{path}.items") for e in self.list(value.get("items"), path))
        made = self.maybe_type(value.get("typeAnnotation"), path)
        if not isinstance(made, n.TypeName) or any(isinstance(item, n.Lambda) for item in items):
            return n.ListLiteral(NOWHERE, items)
        return self._made("NewList", made.args, n.ListLiteral(NOWHERE, items))

    def expr_NewMap(self, value: Json, path: str) -> n.Expr:
        keys = [self.expr(k, f"{path}.keys") for k in self.list(value.get("keys"), path)]
        values = [self.expr(v, f"{path}.values") for v in self.list(value.get("values"), path)]
        if len(keys) != len(values):
            raise CannotBeText(f"{path}: a map with {len(keys)} keys and {len(values)} values")
        entries = tuple(
            n.Entry(NOWHERE, n.Ident(NOWHERE, k.value) if isinstance(k, n.Text) else k, v)
            for k, v in zip(keys, values, strict=True)
        )
        made = self.maybe_type(value.get("typeAnnotation"), path)
        types = made.args if isinstance(made, n.TypeName) else ()
        return self._made("NewMap", types, n.ObjectLiteral(NOWHERE, entries))

    def expr_NewComposite(self, value: Json, path: str) -> n.Expr:
        names, rights = self.list(value.get("properties"), path), self.list(value.get("rights"), path)
        entries = []
        for i, name in enumerate(names):
            if i < len(rights) and rights[i]:
                entries.append(
                    n.Entry(NOWHERE, self._property_name(name, path), self.expr(rights[i], f"{path}.rights[{i}]"))
                )
        content = n.ObjectLiteral(NOWHERE, tuple(entries))
        made = self.maybe_type(value.get("typeAnnotation"), path)
        if not isinstance(made, n.TypeName):
            return content
        if made.name.startswith("app.dataSources."):
            return self._made("NewEntity", (made,), content)
        return n.New(NOWHERE, made, content)

    def _property_name(self, value: Any, path: str) -> n.Ident:
        """The property of a line of NewComposite: a name, or an identifier or member that ends in it."""
        while isinstance(value, dict):
            value = value.get("property") if value.get("property") else value.get("name")
        return self._member_name(value, path)

    # --- match

    def expr_Match(self, value: Json, path: str) -> n.Expr:
        subject = self.expr(value.get("expression"), f"{path}.expression")
        branches: list[n.Branch] = []
        otherwise: n.Block | None = None
        for i, case in enumerate(self.list(value.get("cases"), path)):
            self.concept(case, f"{path}.cases[{i}]")
            body = self.block(case.get("body"), f"{path}.cases[{i}].body", value_of=bool(value.get("isExpression")))
            patterns = tuple(self._pattern(p, f"{path}.cases[{i}]") for p in self.list(case.get("patterns"), path))
            if patterns:
                branches.append(n.Branch(NOWHERE, patterns, body))
            else:
                otherwise = body
        return n.Match(NOWHERE, n.Ident(NOWHERE, "_value"), subject, tuple(branches), otherwise)

    def _pattern(self, value: Any, path: str) -> n.Expr | n.TypeName:
        if self.concept(value, path) == "TypeAnnotation":
            found = self.type(value, path)
            if isinstance(found, n.TypeName):
                return found
        return self.expr(value, path)

    # --- statements (the next layer)

    @abstractmethod
    def block(self, value: Any, path: str, value_of: bool = False) -> n.Block: ...

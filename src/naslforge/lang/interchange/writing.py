"""From a checked program to AST: types, expressions, queries."""

from abc import ABC, abstractmethod
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.interchange.names import kebab
from naslforge.lang.program import Checked
from naslforge.lang.scope import (
    EntityCall,
    EnumItem,
    ExternalCall,
    GlobalVariable,
    LibraryCall,
    LogicCall,
    Row,
    TableRef,
)

Json = dict[str, Any]
_WORDS = {"LIKE": "like", "STARTS_WITH": "startwith", "ENDS_WITH": "endwith", "IN": "in", "CONTAINS": "contains"}
_AGGREGATES = {"COUNT": "COUNT", "COUNT_DISTINCT": "COUNTD", "SUM": "SUM", "AVG": "AVG", "MAX": "MAX", "MIN": "MIN"}
_MADE = ("NewList", "NewMap", "NewEntity", "NewStructure", "NewAnonymousStructure")
_JOINS = {"OUTER": "FULL"}
_ENTITY_WORDS = {"updateBy": ("body", "filter", "properties"), "deleteBy": ("filter",), "get": ("id",),
                 "delete": ("id",), "batchCreate": ("entities",), "batchUpdate": ("entities", "properties"),
                 "batchDelete": ("ids",)}  # fmt: skip


def made(concept: str, **fields: Any) -> Json:
    """A node of the AST; fields without a value are left out."""
    return {"concept": concept, **{k: v for k, v in fields.items() if v is not None}}


class Writing(ABC):
    """Writes the AST of expressions. `checked` says what names and calls stand for."""

    def __init__(self, checked: Checked):
        self.checked = checked
        self.rows = 0  # queries around the present place

    # --- types

    def type(self, e: n.TypeExpr) -> Json:
        """A type as it was written."""
        match e:
            case n.TypeUnion(members=members):
                args = [self.type(m) for m in members]
                return self.named("union", "nasl.core", "Union", args)
            case n.TypeRecord(fields=fields):
                parts = [made("StructureProperty", name=f.name.name, typeAnnotation=self.type(f.type)) for f in fields]
                return made("TypeAnnotation", typeKind="anonymousStructure", properties=parts)
            case n.TypeFunction(params=params, result=result):
                given = [self.type(p.type) for p in params if p.type is not None]
                return made("TypeAnnotation", typeKind="function", typeArguments=given, returnType=[self.type(result)])
            case n.TypeName(name=name, args=args):
                return self._type_name(name, [self.type(a) for a in args])
        return self.named("primitive", "nasl.core", "Any")

    def _type_name(self, name: str, args: list[Json]) -> Json:
        if name in ("List", "Map"):
            return self.named("generic", "nasl.collection", name, args)
        if "." not in name:
            known = name in t.PRIMITIVES or name in ("Text", "Email", "Any")
            return self.named("primitive", "nasl.core", name) if known else self.named("typeParam", "", name)
        space, _, last = name.rpartition(".")
        return self.named("generic" if args else "reference", space, last, args)

    def named(self, kind: str, space: str, name: str, args: list[Json] | None = None) -> Json:
        fields = {"typeNamespace": space or None, "typeName": name, "typeArguments": args or None}
        return made("TypeAnnotation", typeKind=kind, **fields)

    def known(self, type_: t.Type) -> Json | None:
        """A type that the checker found, None for one that it does not know."""
        match type_:
            case t.ListOf(item):
                return self.named("generic", "nasl.collection", "List", [self.part(item)])
            case t.MapOf(key, item):
                return self.named("generic", "nasl.collection", "Map", [self.part(key), self.part(item)])
            case t.Primitive(name):
                return self.named("primitive", "nasl.core", name) if name != "Void" else None
            case t.Structure(name, args):
                return self._type_name(name, [self.part(a) for a in args])
            case t.Entity(name) | t.EnumType(name):
                return self._type_name(name, [])
            case t.Anonymous(fields):
                parts = [made("StructureProperty", name=k, typeAnnotation=self.part(v)) for k, v in fields]
                return made("TypeAnnotation", typeKind="anonymousStructure", properties=parts)
        return None

    def part(self, type_: t.Type) -> Json:
        """A type inside of another; what is not known is Any."""
        return self.known(type_) or self.named("primitive", "nasl.core", "Any")

    def inferred(self, e: n.Node) -> Json | None:
        found = self.known(self.checked.types.get(e, t.UNKNOWN))
        return {**found, "inferred": True} if found else None

    # --- expressions

    def expr(self, e: n.Expr) -> Json:
        """The AST of an expression, with the type that the checker inferred."""
        node = self._expr(e)
        if "typeAnnotation" not in node and (type_ := self.inferred(e)) is not None:
            node["typeAnnotation"] = type_
        return node

    def _expr(self, e: n.Expr) -> Json:
        match e:
            case n.Null():
                return made("NullLiteral")
            case n.Bool(value=value):
                return made("BooleanLiteral", value="true" if value else "false")
            case n.Number(text=text):
                return made("NumericLiteral", value=text)
            case n.Text(value=value):
                return made("StringLiteral", value=value)
            case n.Template(parts=parts):
                return made("StringInterpolation", expressions=[self.expr(p) for p in parts])
            case n.Regex(pattern=pattern, flags=flags):
                return self._regex(pattern, flags)
            case n.Name() | n.Member():
                return self._reference(e)
            case n.Binary(op=op, left=left, right=right):
                return made("BinaryExpression", left=self.expr(left), right=self.expr(right), operator=op)
            case n.Unary(op="!", operand=operand):
                return made("UnaryExpression", operator="!", argument=self.expr(operand))
            case n.Unary(operand=operand):
                zero = made("NumericLiteral", value="0")
                return made("BinaryExpression", left=zero, right=self.expr(operand), operator="-")
            case n.Lambda(params=params, body=body):
                names = [made("Param", name=p.name) for p in params]
                if isinstance(body, n.ListLiteral):  # of properties: a list of columns, not of values
                    return made("AnonymousFunction", params=names, body=self._listed(body))
                return made("AnonymousFunction", params=names, body=self.expr(body))
            case n.ListLiteral(items=items):
                type_ = None if self._is_of_rows(items) else self._type_of(e)
                return {**self._listed(e), **({"typeAnnotation": type_} if type_ else {})}
            case n.ObjectLiteral():
                return self._composite(e, self._type_of(e))
            case n.New(type=type_, object=content):
                return self._composite(content, self.type(type_))
            case n.Match():
                return self.match(e, is_expression=True)
            case n.Query():
                return self.query(e)
            case n.Call():
                return self.call(e)
        return made("Unparsed", code=e.span.text)

    def _listed(self, e: n.ListLiteral) -> Json:
        return made("NewList", items=[self.expr(item) for item in e.items])

    def _is_of_rows(self, items: tuple[n.Expr, ...]) -> bool:
        """A list of columns or of criteria, which is no list of values."""
        refs = (self.checked.refs.get(part) for item in items for part in item.walk())
        return any(isinstance(item, n.Lambda) for item in items) or any(isinstance(ref, Row) for ref in refs)

    def _type_of(self, e: n.Node) -> Json | None:
        return self.known(self.checked.types.get(e, t.UNKNOWN))

    def _regex(self, pattern: str, flags: str) -> Json:
        content = {"pattern": pattern, "flags": flags}
        rights = [made("StringLiteral", value=v) for v in content.values()]
        type_ = self._type_name("nasl.util.Regex", [])
        return made("NewComposite", typeAnnotation=type_, properties=self._lines(list(content)), rights=rights)

    def _lines(self, names: list[str]) -> list[Json]:
        return [made("Identifier", name=name) for name in names]

    def _composite(self, e: n.ObjectLiteral, type_: Json | None) -> Json:
        """`{…}`: a map where the checker says so, else a structure, entity or anonymous structure."""
        if isinstance(self.checked.types.get(e), t.MapOf):
            return self._map(e, type_)
        named = [entry for entry in e.entries if isinstance(entry.key, n.Ident)]
        names = [entry.key.name for entry in named if isinstance(entry.key, n.Ident)]
        rights = [self.expr(entry.value) for entry in named]
        return made("NewComposite", typeAnnotation=type_, properties=self._lines(names), rights=rights)

    def _map(self, e: n.ObjectLiteral, type_: Json | None) -> Json:
        keys = [
            made("StringLiteral", value=x.key.name) if isinstance(x.key, n.Ident) else self.expr(x.key)
            for x in e.entries
        ]
        return made("NewMap", typeAnnotation=type_, keys=keys, values=[self.expr(x.value) for x in e.entries])

    def _reference(self, e: n.Name | n.Member) -> Json:
        match self.checked.refs.get(e):
            case Row() if isinstance(e, n.Name) and self.rows:
                return made("QueryFieldExpression", entityAsName=e.name, isDotStar=True)
            case EnumItem() | GlobalVariable() | TableRef():
                space, _, name = self._dotted(e).rpartition(".")
                return made("Identifier", namespace=space or None, name=name)
        if isinstance(e, n.Name):
            return made("Identifier", name=e.name)
        if self.rows and isinstance(e.object, n.Name) and isinstance(self.checked.refs.get(e.object), Row):
            return made("QueryFieldExpression", entityAsName=e.object.name, propertyName=e.name.name)
        path = self._dotted(e)
        if path.startswith("nasl."):
            space, _, name = path.rpartition(".")
            return made("Identifier", namespace=space, name=name)
        prop = made("Identifier", name=e.name.name)
        return made("MemberExpression", object=self.expr(e.object), property=prop)

    def _dotted(self, e: n.Node) -> str:
        if isinstance(e, n.Name):
            return e.name
        return f"{self._dotted(e.object)}.{e.name.name}" if isinstance(e, n.Member) else "?"

    # --- calls

    def call(self, e: n.Call) -> Json:
        """A call, by what it goes to."""
        path = self._dotted(e.callee)
        space, _, name = path.rpartition(".")
        called = self.checked.calls.get(e)
        if not space and name in _WORDS and len(e.args) == 2:
            left, right = self.expr(e.args[0]), self.expr(e.args[1])
            return made("BinaryExpression", left=left, right=right, operator=_WORDS[name])
        if not space and name == "IS_NULL" and len(e.args) == 1:
            return made("UnaryExpression", operator="isNull", argument=self.expr(e.args[0]))
        if not space and name in _AGGREGATES and self.rows and e.args:
            given = self.expr(e.args[0])
            return made("QueryAggregateExpression", aggregateName=_AGGREGATES[name], aggregateParam=given)
        if name == "PAGINATE" and len(e.args) == 3:
            parts = dict(zip(("list", "page", "size"), map(self.expr, e.args), strict=True))
            return made("Paginate", **parts)
        if space == "nasl.util" and name in _MADE and len(e.args) == 1:
            return self._new(e, name)
        if path in ("nasl.ui.destination", "nasl.ui.gotoLink") and e.args:
            return self.destination(e) if name == "destination" else self.link(e)
        types = [self.type(a) for a in e.type_args] or None
        if isinstance(called, LibraryCall) and space == "nasl.util":
            return made("CallFunction", calleeNamespace=space, calleeName=name, typeArguments=types,
                        arguments=self._arguments(e))  # fmt: skip
        concept = "CallLogic"
        if path.startswith("apis.") or ".interfaces." in f"{space}.":
            concept = "CallInterface"
        elif path.startswith("connector."):
            concept = "CallConnector"
        if isinstance(called, LogicCall | ExternalCall) and not space:
            space, _, name = called.name.rpartition(".")
        return made(concept, calleeNamespace=space, calleeName=name, typeArguments=types, arguments=self._arguments(e))

    def _arguments(self, e: n.Call) -> list[Json]:
        words = self._keywords(e)
        return [
            made("Argument", keyword=words[i] if i < len(words) else None, expression=self.expr(arg))
            for i, arg in enumerate(e.args)
        ]

    def _keywords(self, e: n.Call) -> list[str]:
        match self.checked.calls.get(e):
            case LibraryCall(builtin=builtin, overload=overload):
                return [p.name for p in builtin.overloads[overload].params]
            case LogicCall(declared=declared) | ExternalCall(declared=declared):
                return [p.name.name for p in declared.params]
            case EntityCall(method=method):
                return list(_ENTITY_WORDS.get(method, ("body", "properties")))
        return []

    def _new(self, e: n.Call, name: str) -> Json:
        (content,) = e.args
        written = [self.type(a) for a in e.type_args]
        if name == "NewList" and isinstance(content, n.ListLiteral):
            type_ = self.named("generic", "nasl.collection", "List", written) if written else self._type_of(e)
            return made("NewList", typeAnnotation=type_, items=[self.expr(i) for i in content.items])
        if name == "NewMap" and isinstance(content, n.ObjectLiteral):
            type_ = self.named("generic", "nasl.collection", "Map", written) if written else self._type_of(e)
            return self._map(content, type_)
        if isinstance(content, n.ObjectLiteral):
            return self._composite(content, written[0] if written else self._type_of(e))
        return made("CallFunction", calleeNamespace="nasl.util", calleeName=name, typeArguments=written or None,
                    arguments=self._arguments(e))  # fmt: skip

    # --- navigation

    def destination(self, e: n.Call) -> Json:
        """`nasl.ui.destination('pc.orders.detail', {…}, target)`."""
        page, *rest = e.args
        parts = page.value.split(".") if isinstance(page, n.Text) else ["pc"]
        space = f"app.frontendTypes.{parts[0]}.frontends.{parts[0]}.views"
        space += "".join(f".{name}.views" for name in parts[1:-1])
        given = rest[0].entries if rest and isinstance(rest[0], n.ObjectLiteral) else ()
        arguments = [
            made("Argument", keyword=x.key.name, expression=self.expr(x.value))
            for x in given
            if isinstance(x.key, n.Ident)
        ]
        target = rest[1].value if len(rest) > 1 and isinstance(rest[1], n.Text) else "_self"
        return made("Destination", viewNamespace=space, viewName=parts[-1], arguments=arguments, target=target)

    def link(self, e: n.Call) -> Json:
        address, *rest = e.args
        link: Any = address.value if isinstance(address, n.Text) else self.expr(address)
        target = rest[0].value if rest and isinstance(rest[0], n.Text) else "_self"
        return made("ExternalDestination", link=link, target=target)

    # --- match

    def match(self, e: n.Match, is_expression: bool) -> Json:
        """A match; a type pattern stands as its type."""
        cases = []
        for branch in e.branches:
            patterns = [self.type(p) if isinstance(p, n.TypeName) else self.expr(p) for p in branch.patterns]
            cases.append(made("MatchCase", patterns=patterns, body=self._branch(branch.body, is_expression)))
        if e.otherwise is not None:
            cases.append(made("MatchCase", patterns=[], body=self._branch(e.otherwise, is_expression)))
        return made("Match", expression=self.expr(e.subject), isExpression=is_expression, cases=cases)

    def _branch(self, body: n.Block, is_expression: bool) -> list[Json]:
        found: list[Json] = []
        for statement in body.statements:
            if is_expression and isinstance(statement, n.Return):
                found += [self.expr(statement.value)] if statement.value is not None else []
            else:
                found += self.statement(statement)
        return found

    @abstractmethod
    def statement(self, s: n.Stmt) -> list[Json]:
        """One statement (writing_items.py)."""

    # --- queries

    def query(self, e: n.Query) -> Json:
        self.rows += 1
        space, _, name = self._dotted(e.entity).rpartition(".")
        joins = [self._join(join) for join in e.joins]
        source = made("QueryFromExpression", entityNamespace=space, entityName=name.removesuffix("Entity"),
                      asName=e.row.name, joinParts=joins)  # fmt: skip
        groups = [made("QueryGroupByExpression", groupElement=self.expr(g)) for g in e.group_by]
        orders = [
            made("QueryOrderByExpression", orderElement=self.expr(o.key),
                 order=self.expr(o.direction) if o.direction is not None else None)
            for o in e.order_by
        ]  # fmt: skip
        found = made(
            "CallQueryComponent", **{"from": source}, where=self.expr(e.where) if e.where else None, groupBy=groups,
            having=self.expr(e.having) if e.having else None, orderBy=orders, select=self._select(e),
            limit=self._limit(e.limit) if e.limit else None,
        )  # fmt: skip
        self.rows -= 1
        return found

    def _join(self, join: n.Join) -> Json:
        space, _, name = self._dotted(join.entity).rpartition(".")
        conditions: list[n.Expr] = []
        waiting = [join.on]
        while waiting:
            part = waiting.pop()
            if isinstance(part, n.Binary) and part.op == "&&":
                waiting += [part.right, part.left]
            else:
                conditions.append(part)
        on = [self.expr(part) for part in conditions]
        kind = _JOINS.get(join.kind, join.kind)
        return made("QueryJoinExpression", joinType=kind, entityNamespace=space, asName=join.row.name,
                    entityName=name.removesuffix("Entity"), onExpressions=on)  # fmt: skip

    def _select(self, e: n.Query) -> Json:
        if e.select is None:
            return made("QuerySelectExpression", selectElements=[], star=True)
        elements = []
        if isinstance(e.select, n.ObjectLiteral):
            for entry in e.select.entries:
                if isinstance(entry.key, n.Ident):
                    elements.append({**self.expr(entry.value), "asName": entry.key.name})
        else:
            elements.append(self.expr(e.select))
        return made("QuerySelectExpression", selectElements=elements, distinct=e.distinct or None)

    def _limit(self, limit: n.Limit) -> Json:
        page = self.expr(limit.page) if limit.page is not None else None
        return made("QueryLimitExpression", pageElement=page, pageSizeElement=self.expr(limit.size))


def event_name(attribute: str) -> str:
    """`onBeforeSelect` is `before-select`."""
    return kebab(attribute[2:])

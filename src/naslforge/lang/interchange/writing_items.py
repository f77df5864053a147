"""From a checked program to AST: statements, logics, declarations."""

import re
from collections.abc import Sequence
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.interchange.writing import Json, Writing, made

_MARKS = re.compile(r"\A(//|/\*+)|\*/\Z")


class Items(Writing):
    """Writes logics and the declarations around them. `result` is the variable that the present logic returns."""

    result: str = ""

    # --- statements

    def body(self, statements: Sequence[n.Stmt]) -> list[Json]:
        """A whole body: it begins with Start and ends with End."""
        items = [part for s in statements for part in self.statement(s)]
        if not items or items[-1]["concept"] != "End":
            items.append(made("End"))
        return [made("Start"), *items]

    def block(self, block: n.Block | n.If | None) -> list[Json]:
        if block is None:
            return []
        if isinstance(block, n.If):
            return self.statement(block)
        return [part for s in block.statements for part in self.statement(s)]

    def statement(self, s: n.Stmt) -> list[Json]:
        match s:
            case n.Comment(text=text):
                return [made("Comment", value=comment_text(text))]
            case n.Assign(target=target, value=value):
                return [made("Assignment", left=self.expr(target), right=self.expr(value))]
            case n.If(test=test, then=then, otherwise=otherwise):
                parts = {"consequent": self.block(then), "alternate": self.block(otherwise)}
                return [made("IfStatement", test=self.expr(test), **parts)]
            case n.While(test=test, body=body):
                return [made("WhileStatement", test=self.expr(test), body=self.block(body))]
            case n.ForList():
                return [self._loop(s)]
            case n.Return(value=value):
                return self._return(value)
            case n.Abort():
                return [made("Abort")]
            case n.ExprStmt(expr=n.Match() as match):
                return [self.match(match, is_expression=False)]
            case n.ExprStmt(expr=expr):
                node = self.expr(expr)
                node.pop("typeAnnotation", None)
                if node.get("calleeName") == "block" and node.get("calleeNamespace") == "nasl.js":
                    code = node["arguments"][0]["expression"].get("value") if node.get("arguments") else ""
                    return [made("JSBlock", code=code)]
                return [node]
        return []

    def _loop(self, s: n.ForList) -> Json:
        start = self.expr(s.start) if s.start is not None else made("NumericLiteral", value="0")
        names = {"index": s.index.name if s.index is not None else "index", "item": s.item.name}
        parts = {key: made("Param", name=name) for key, name in names.items()}
        end = self.expr(s.end) if s.end is not None else None
        return made("ForEachStatement", each=self.expr(s.list), start=start, end=end, body=self.block(s.body), **parts)

    def _return(self, value: n.Expr | None) -> list[Json]:
        """The End; a value that is not the result variable is assigned to it first."""
        if value is None or (isinstance(value, n.Name) and value.name == self.result):
            return [made("End")]
        left = made("Identifier", name=self.result)
        return [made("Assignment", left=left, right=self.expr(value)), made("End")]

    # --- logics

    def logic(self, node: n.Function, concept: str = "Logic") -> Json:
        """A logic; the variable that its returns name is its Return, the others are its variables."""
        outer = self.result
        statements = node.body.statements if node.body is not None else ()
        lets = [s for s in statements if isinstance(s, n.Let)]
        gives = node.result is not None or any(
            isinstance(part, n.Return) and part.value is not None for part in _own_statements(statements)
        )
        self.result = self._result_of(node, lets) if gives else ""
        returned = next((let for let in lets if let.name.name == self.result), None)
        doc = node.doc
        transaction = doc.tag("transactional") if doc else None
        found = made(
            concept, name=node.name.name, description=(doc.text or None) if doc else None,
            title=doc.tag("title") if doc else None, cron=doc.tag("timer") if doc else None,
            overriddenModule=doc.tag("module") if doc else None,
            transactional=made("Transactional", enabled=True) if transaction is not None else None,
            typeParams=[made("TypeParam", name=p.name.name) for p in node.type_params] or None,
            params=[self.param(p) for p in node.params],
            returns=[self._returned(node, returned)] if self.result else [],
            variables=[self.variable(let, "Variable") for let in lets if let is not returned],
        )  # fmt: skip
        if node.body is not None:
            found["body"] = self.body([s for s in statements if not isinstance(s, n.Let)])
        self.result = outer
        return found

    def _result_of(self, node: n.Function, lets: list[n.Let]) -> str:
        """The variable that some `return x;` names, else the first free name like `result`."""
        names = {let.name.name for let in lets}
        for part in _own_statements(node.body.statements if node.body is not None else ()):
            if isinstance(part, n.Return) and isinstance(part.value, n.Name) and part.value.name in names:
                return part.value.name
        taken = names | {p.name.name for p in node.params}
        return next(name for name in ("result", *(f"result{i}" for i in range(1, 10_000))) if name not in taken)

    def _returned(self, node: n.Function, let: n.Let | None) -> Json:
        written = (let.type if let is not None else None) or node.result
        type_ = self.type(written) if written is not None else self.known(self.checked.results[node])
        default = self.default(let.init) if let is not None else None
        return made("Return", name=self.result, typeAnnotation=type_, defaultValue=default)

    def param(self, p: n.Param) -> Json:
        type_ = self.type(p.type) if p.type is not None else None
        return made("Param", name=p.name.name, typeAnnotation=type_, defaultValue=self.default(p.default))

    def default(self, e: n.Expr | None) -> Json | None:
        return made("DefaultValue", expression=self.expr(e)) if e is not None else None

    def variable(self, let: n.Let, concept: str) -> Json:
        written = self.type(let.type) if let.type is not None else self.known(self.checked.names[let])
        doc = let.doc
        return made(
            concept, name=let.name.name, description=(doc.text or None) if doc else None, typeAnnotation=written,
            defaultValue=self.default(let.init), scope=doc.tag("scope") if doc else None,
            localCache=True if doc and doc.tag("localCache") is not None else None,
        )  # fmt: skip

    # --- data

    def entity(self, node: n.Class) -> Json:
        facts, indexes = {}, []
        for mark in node.decorators:
            given = self.facts(mark.argument)
            if mark.name.name == "Entity":
                facts = given
            elif mark.name.name == "Index":
                indexes.append(made("EntityIndex", name=given.get("name"), propertyNames=given.get("properties"),
                                    unique=bool(given.get("unique"))))  # fmt: skip
        text = facts.get("description") or (node.doc.text if node.doc else "")
        properties = [self.entity_property(m) for m in node.members if isinstance(m, n.Property)]
        return made("Entity", name=node.name.name, tableName=facts.get("tableName"), description=text or None,
                    properties=properties, indexes=indexes)  # fmt: skip

    def entity_property(self, node: n.Property) -> Json:
        facts = self.property_facts(node)
        relation = facts.get("relation") or {}
        entity = relation.get("entity")
        space, _, short = str(entity).rpartition(".") if entity else ("", "", None)
        return made(
            "EntityProperty", name=node.name.name, label=facts.get("label"), description=self.text_of(node.doc),
            typeAnnotation=self.type(node.type), columnName=facts.get("columnName"), required=facts.get("required"),
            defaultValue=self.default(node.default), primaryKey=facts.get("primaryKey"),
            generationRule=facts.get("generationRule"), sequence=facts.get("sequence"), relationEntity=short,
            relationNamespace=space or ("app.dataSources.defaultDS.entities" if entity else None),
            relationProperty=relation.get("property"), deleteRule=relation.get("deleteRule"),
            display=facts.get("display"), rules=facts.get("rules"),
        )  # fmt: skip

    def structure(self, node: n.Class) -> Json:
        properties = [
            made("StructureProperty", name=m.name.name, description=self.text_of(m.doc),
                 typeAnnotation=self.type(m.type), defaultValue=self.default(m.default),
                 jsonName=self.property_facts(m).get("jsonName"))
            for m in node.members if isinstance(m, n.Property)
        ]  # fmt: skip
        params = [made("TypeParam", name=p.name.name) for p in node.type_params] or None
        text = self.text_of(node.doc)
        return made("Structure", name=node.name.name, description=text, typeParams=params, properties=properties)

    def enum(self, node: n.Enum) -> Json:
        items, whole = [], False
        for member in node.members:
            if isinstance(member, n.EnumMember):
                value = member.value
                whole = whole or isinstance(value, n.Number)
                stored = value.text if isinstance(value, n.Number) else None
                stored = value.value if isinstance(value, n.Text) else stored or member.name.name
                label = made("StaticString", value=self.text_of(member.doc)) if self.text_of(member.doc) else None
                items.append(made("EnumItem", value=stored, label=label))
        kind = self.named("primitive", "nasl.core", "Long") if whole else None
        return made("Enum", name=node.name.name, description=self.text_of(node.doc), valueType=kind, enumItems=items)

    def alias(self, node: n.Alias) -> Json:
        text = self.text_of(node.doc)
        return made("MetadataType", name=node.name.name, description=text, typeAnnotation=self.type(node.type))

    # --- decorators and docs

    def text_of(self, doc: n.Doc | None) -> str | None:
        return (doc.text or None) if doc is not None else None

    def property_facts(self, node: n.Property) -> Json:
        mark = next((m for m in node.decorators if m.name.name == "Property"), None)
        return self.facts(mark.argument) if mark is not None else {}

    def facts(self, e: n.ObjectLiteral | None) -> Json:
        """The literals of a decorator."""
        if e is None:
            return {}
        return {x.key.name: self._fact(x.value) for x in e.entries if isinstance(x.key, n.Ident)}

    def _fact(self, e: n.Expr) -> Any:
        match e:
            case n.Text(value=value) | n.Bool(value=value):
                return value
            case n.Number(text=text):
                return int(text) if e.is_long else float(text)
            case n.ListLiteral(items=items):
                return [self._fact(item) for item in items]
            case n.ObjectLiteral():
                return self.facts(e)
        return None


def comment_text(text: str) -> str:
    """A comment without its marks.

    >>> comment_text("// why"), comment_text("/* a\\n b */")
    ('why', 'a\\n b')
    """
    return _MARKS.sub("", text).strip()


def _own_statements(statements: Sequence[n.Stmt]) -> list[n.Node]:
    """All statements of a logic, those in branches and loops too, not those of matches that are values."""
    found: list[n.Node] = []
    waiting: list[n.Node] = list(statements)
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        if isinstance(node, n.ExprStmt) and isinstance(node.expr, n.Match):
            waiting += node.expr.children()
        elif isinstance(node, n.Block | n.If | n.While | n.ForList | n.Branch):
            waiting += node.children()
    return found

"""From AST to nodes: declarations, each in its namespace."""

from collections.abc import Callable, Sequence
from typing import Any

from naslforge.lang import nodes as n
from naslforge.lang.interchange.names import NOWHERE, fresh, is_name, is_plain_doc, spelt
from naslforge.lang.interchange.reading import CannotBeText, Json
from naslforge.lang.interchange.reading_statements import Statements

Tags = list[tuple[str, str]]


class Items(Statements):
    """Reads declarations of every kind."""

    def each(self, value: Any, path: str, read: Callable[[Json, str], Any]) -> tuple[Any, ...]:
        """What can be read of a list; what cannot is reported and leaves a comment."""
        found = []
        for i, item in enumerate(self.list(value, path)):
            at = f"{path}[{i}]"
            try:
                self.concept(item, at)
                found.append(read(item, at))
            except CannotBeText as fault:
                found.append(self.lost(str(fault), at))
        return tuple(found)

    def doc(self, node: Json, tags: Sequence[tuple[str, str]] = ()) -> n.Doc | None:
        """The doc comment: description and tags; a description that would not come back is carried."""
        text = node.get("description")
        if text and not is_plain_doc(text):
            self.keep(node, "description")
            text = None
        return n.Doc(NOWHERE, text or "", tuple(tags)) if text or tags else None

    def tag(self, node: Json, field: str, name: str, tags: Tags) -> None:
        """A field that stands in a tag of one line; another value of it is carried."""
        text = node.get(field)
        if not isinstance(text, str) or not text:
            return
        if "\n" in text or "*/" in text or text != text.strip() or "@" in text or "  " in text:
            self.keep(node, field)
        else:
            tags.append((name, text))

    # --- data

    def entity(self, value: Json, path: str) -> n.Class:
        name = self.ident(value.get("name"), path)
        facts = [("tableName", value.get("tableName"))]
        marks = [self.decorator("Entity", facts)]
        for index in self.list(value.get("indexes"), path):
            self.concept(index, f"{path}.indexes")
            facts = [("name", index.get("name")), ("properties", index.get("propertyNames")),
                     ("unique", index.get("unique") or None)]  # fmt: skip
            marks.append(self.decorator("Index", facts))
        members = self.each(value.get("properties"), f"{path}.properties", self.entity_property)
        return n.Class(NOWHERE, name, self.doc(value), tuple(marks), (), members)

    def entity_property(self, value: Json, path: str) -> n.Property:
        facts: list[tuple[str, Any]] = [
            (name, value.get(name) or None) for name in ("label", "columnName", "primaryKey", "required")
        ]
        rule = value.get("generationRule")
        facts += [("generationRule", rule), ("sequence", value.get("sequence"))]
        if value.get("relationEntity"):
            relation = {"entity": value["relationEntity"], "property": value.get("relationProperty") or "id"}
            if value.get("deleteRule"):
                relation["deleteRule"] = value["deleteRule"]
            facts.append(("relation", relation))
        display = value.get("display")
        if isinstance(display, dict):
            flags = {k: v for k, v in display.items() if isinstance(v, bool)}
            facts.append(("display", flags or None))
            self.keep(value, "display")
        if value.get("rules"):
            self.keep(value, "rules")
        return self.property(value, path, facts)

    def structure(self, value: Json, path: str) -> n.Class:
        name = self.ident(value.get("name"), path)
        members = self.each(value.get("properties"), f"{path}.properties", self.structure_property)
        return n.Class(NOWHERE, name, self.doc(value), (), self.type_params(value, path), members)

    def structure_property(self, value: Json, path: str) -> n.Property:
        return self.property(value, path, [("jsonName", value.get("jsonName"))])

    def property(self, value: Json, path: str, facts: list[tuple[str, Any]]) -> n.Property:
        type_ = self.type(value.get("typeAnnotation"), f"{path}.typeAnnotation")
        given = [(key, fact) for key, fact in facts if fact is not None]
        marks = (self.decorator("Property", given),) if given else ()
        name = self._member_name(value.get("name"), path)
        return n.Property(NOWHERE, name, self.doc(value), marks, type_, self.default(value, path))

    def decorator(self, name: str, facts: list[tuple[str, Any]]) -> n.Decorator:
        entries = tuple(self._fact(key, value) for key, value in facts if value is not None)
        return n.Decorator(NOWHERE, n.Ident(NOWHERE, name), n.ObjectLiteral(NOWHERE, entries))

    def _fact(self, key: str, value: Any) -> n.Entry:
        return n.Entry(NOWHERE, self._member_name(key, "decorator"), self._literal(value))

    def _literal(self, value: Any) -> n.Expr:
        match value:
            case bool():
                return n.Bool(NOWHERE, value)
            case int():
                return n.Number(NOWHERE, str(value))
            case list():
                return n.ListLiteral(NOWHERE, tuple(map(self._literal, value)))
            case dict():
                return n.ObjectLiteral(NOWHERE, tuple(self._fact(k, v) for k, v in value.items()))
        return n.Text(NOWHERE, str(value))

    def default(self, value: Json, path: str) -> n.Expr | None:
        """The expression of a `defaultValue`."""
        given = value.get("defaultValue")
        if not isinstance(given, dict) or not given.get("expression"):
            return None
        return self.expr(given["expression"], f"{path}.defaultValue")

    def type_params(self, value: Json, path: str) -> tuple[n.TypeParam, ...]:
        found = []
        for param in self.list(value.get("typeParams"), path):
            self.concept(param, path)
            found.append(n.TypeParam(NOWHERE, self.ident(param.get("name") or param.get("typeName"), path), None))
        return tuple(found)

    def enum(self, value: Json, path: str) -> n.Enum:
        name = self.ident(value.get("name"), path)
        kind = value.get("valueType")
        whole = isinstance(kind, dict) and kind.get("typeName") in ("Long", "Integer")
        taken: set[str] = set()
        read: Callable[[Json, str], Any] = lambda item, at: self.enum_item(item, at, whole, taken)  # noqa: E731
        return n.Enum(NOWHERE, name, self.doc(value), self.each(value.get("enumItems"), f"{path}.enumItems", read))

    def enum_item(self, value: Json, path: str, whole: bool, taken: set[str]) -> n.EnumMember:
        stored = value.get("value")
        if stored is None:
            raise CannotBeText(f"{path}: an enum item without value")
        label = value.get("label")
        said = label.get("value") if isinstance(label, dict) else label
        if said and not is_plain_doc(said):
            self.keep(value, "label")
            said = None
        if whole:
            if not str(stored).lstrip("-").isdigit():
                raise CannotBeText(f"{path}: {str(stored)[:40]!r} is no whole number")
            number = n.Number(NOWHERE, str(stored))
            return n.EnumMember(
                NOWHERE, n.Ident(NOWHERE, fresh(f"value{stored}".replace("-", "_"), taken)), self._said(said), number
            )
        name = stored if is_name(stored) else None
        if name is None:
            raise CannotBeText(f"{path}: the value {str(stored)[:40]!r} is no name, and name and value are equal here")
        return n.EnumMember(NOWHERE, n.Ident(NOWHERE, fresh(name, taken)), self._said(said), n.Text(NOWHERE, stored))

    def _said(self, text: str | None) -> n.Doc | None:
        return n.Doc(NOWHERE, text, ()) if text else None

    def metadata_type(self, value: Json, path: str) -> n.Alias:
        type_ = self.type(value.get("typeAnnotation"), f"{path}.typeAnnotation")
        return n.Alias(NOWHERE, self.ident(value.get("name"), path), self.doc(value), type_)

    # --- variables

    def variable(self, value: Json, path: str) -> n.Let:
        """A variable of a namespace."""
        tags: Tags = []
        self.tag(value, "scope", "scope", tags)
        if value.get("localCache"):
            tags.append(("localCache", ""))
        name, init = self.ident(value.get("name"), path), self.default(value, path)
        return n.Let(NOWHERE, name, self.maybe_type(value.get("typeAnnotation"), path), init, self.doc(value, tags))

    def role(self, value: Json, path: str) -> n.Let:
        type_ = n.TypeName(NOWHERE, "nasl.auth.Role")
        return n.Let(NOWHERE, self.spelt(value), type_, None, self.doc(value))

    def spelt(self, value: Json) -> n.Ident:
        """The name, or for one that no program can have the nearest; the real one is carried."""
        name = str(value.get("name") or "")
        if not is_name(name):
            self.keep(value, "name")
        return n.Ident(NOWHERE, name if is_name(name) else spelt(name))

    def config(self, value: Json, path: str) -> n.Let:
        values = [v for v in self.list(value.get("values"), path) if isinstance(v, dict)]
        first = next((v["value"] for v in values if isinstance(v.get("value"), str)), "")
        return n.Let(NOWHERE, self.spelt(value), n.TypeName(NOWHERE, "String"), n.Text(NOWHERE, first), self.doc(value))

    # --- logics

    def logic(self, value: Json, path: str) -> n.Function:
        tags = self.logic_tags(value)
        return self.function(value, path, self.doc(value, tags))

    def logic_tags(self, value: Json) -> Tags:
        tags: Tags = []
        self.tag(value, "title", "title", tags)
        transaction = value.get("transactional")
        if isinstance(transaction, dict) and transaction.get("enabled"):
            kinds = [str(transaction[k]) for k in ("propagation", "isolation") if transaction.get(k)]
            tags.append(("transactional", " ".join(kinds)))
            if kinds:
                self.keep(value, "transactional")
        elif transaction is not None:
            self.keep(value, "transactional")
        self.tag(value, "cron", "timer", tags)
        self.tag(value, "overriddenModule", "module", tags)
        return tags

    def declared(self, value: Json, path: str) -> n.Function:
        """A logic, interface or connector operation of which only the signature is known here."""
        made = self.function({**value, "body": None, "variables": None}, path, self.doc(value))
        return n.Function(NOWHERE, made.name, made.doc, made.type_params, made.params, made.result, None)

    def function(self, value: Json, path: str, doc: n.Doc | None, extra: Sequence[Json] = ()) -> n.Function:
        """A logic with its head of variables; `extra` are parameters that it has besides its own."""
        name = self.ident(value.get("name"), path)
        params = tuple(self.param(p, path) for p in [*self.list(value.get("params"), path), *extra])
        returns = self.list(value.get("returns"), path)
        head: list[n.Stmt] = []
        outer, self.result = self.result, ""
        result: n.TypeExpr | None = None
        if returns:
            self.concept(returns[0], f"{path}.returns")
            variable = self.ident(returns[0].get("name"), f"{path}.returns").name
            result = self.maybe_type(returns[0].get("typeAnnotation"), f"{path}.returns")
            head.append(n.Let(NOWHERE, n.Ident(NOWHERE, variable), result, self.default(returns[0], path)))
            self.result = variable
        for given in self.list(value.get("variables"), path):
            self.concept(given, f"{path}.variables")
            type_ = self.maybe_type(given.get("typeAnnotation"), f"{path}.variables")
            name_of = self.ident(given.get("name"), f"{path}.variables")
            head.append(n.Let(NOWHERE, name_of, type_, self.default(given, path)))
        body = self.block(value.get("body"), f"{path}.body").statements
        if body and isinstance(body[-1], n.Return) and not self.result:
            body = body[:-1]
        self.result = outer
        block = n.Block(NOWHERE, (*head, *body))
        return n.Function(NOWHERE, name, doc, self.type_params(value, path), params, result, block)

    def param(self, value: Any, path: str) -> n.Param:
        self.concept(value, f"{path}.params")
        if value.get("description"):
            self.keep(value, "description")
        type_ = self.maybe_type(value.get("typeAnnotation"), f"{path}.params")
        return n.Param(NOWHERE, self.ident(value.get("name"), f"{path}.params"), type_, self.default(value, path))

"""Declarations: namespaces, logics, structures, entities, enums, variables, alias types."""

import re
from collections.abc import Callable, Iterable

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.comments import comment_node, comments_behind, comments_within, doc_node, is_doc
from naslforge.lang.lower.head import Head
from naslforge.lang.lower.item_habits import ItemHabits
from naslforge.lang.lower.reader import TooDeep, safe

_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_DECLARATIONS = {
    "function_declaration", "function_signature", "class_declaration", "abstract_class_declaration",
    "enum_declaration", "lexical_declaration", "type_alias_declaration", "interface_declaration",
    "generator_function_declaration", "variable_declaration",
}  # fmt: skip


class UnitLowering(ItemHabits):
    """A whole text."""

    def unit(self, root: CST) -> n.Unit:
        whole = self.source.span(0, len(self.source.data))
        items = self.items(root.children, namespace="")
        return n.Unit(whole, self.source, items, holes=self.holes > 0)

    # --- lists of items

    def items(self, csts: Iterable[CST], namespace: str) -> tuple[n.Item, ...]:
        """`namespace` is the name of the one around, '' outside all."""
        found: list[n.Item] = []
        doc: CST | None = None
        for cst in csts:
            if cst.type == "comment" and cst.start_byte in self.behind:
                continue
            if cst.type == "comment":
                found += self._plain(doc, found)
                doc = cst if is_doc(self.text(cst)) else None
                if doc is None:
                    found.append(comment_node(self, cst, first=not found))
            elif cst.is_error or cst.is_missing:
                found += self._plain(doc, found)
                doc = None
                found += self.faulty_item(cst)
            elif cst.is_named and cst.type not in ("empty_statement", "hash_bang_line"):
                found += self.item(cst, doc, namespace)
                doc = None
        return (*found, *self._plain(doc, found))

    def _plain(self, doc: CST | None, before: list[n.Item]) -> list[n.Item]:
        """A doc comment with no declaration behind it is a comment."""
        return [comment_node(self, doc, first=not before)] if doc is not None else []

    def item(self, cst: CST, doc: CST | None, namespace: str) -> list[n.Item]:
        """A declaration with its doc; comments inside its head move before it."""
        try:
            with self.deeper():
                inner, decorators, inner_doc = self.unwrapped(cst)
                method = getattr(self, f"item_{inner.type}", None)
                if method is None:
                    said = [comment_node(self, doc, first=True)] if doc is not None else []
                    return [*said, *self.item_foreign(cst, inner, namespace)]
                if cst.has_error:
                    broken = self.own_fault(cst)
                    if broken:
                        self.report_fault(broken)
                self.namespace = namespace
                self.decorated(inner, decorators)
                behind = comments_behind(self, cst)
                found = method(cst, inner, self.doc(doc or inner_doc), decorators)
                comments = [c for c in comments_within(self, cst) if not is_doc(c.text) or doc is not None]
                return [*comments, *(found if isinstance(found, list) else [found]), *behind]
        except TooDeep:
            if self.depth > 0 and namespace:
                raise
            self.fault(rules.TOO_DEEP, cst)
            return [self.hole(cst)]

    def doc(self, cst: CST | None) -> n.Doc | None:
        return doc_node(self, cst) if cst is not None else None

    def unwrapped(self, cst: CST) -> tuple[CST, list[CST], CST | None]:
        """The declaration inside `export`, `declare` and the like, its decorators, and a doc between them."""
        decorators: list[CST] = []
        doc = None
        inner = cst
        while True:
            decorators += [child for child in inner.children if child.type == "decorator"]
            doc = doc or next((c for c in inner.children if c.type == "comment" and is_doc(self.text(c))), None)
            if inner.type == "export_statement":
                self.default_export(inner)
                below = field(inner, "declaration") or field(inner, "value")
            elif inner.type == "ambient_declaration":
                below = next((part for part in parts(inner) if part.type != "decorator"), None)
            elif inner.type == "expression_statement":
                below = next((part for part in parts(inner) if part.type == "internal_module"), None)
            else:
                break
            if below is None:
                break
            inner = below
        return inner, decorators, doc if inner is not cst or cst.type in _DECLARATIONS else None

    # --- namespaces and functions

    def item_internal_module(self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]) -> n.Namespace:
        name, body = fields(inner, "name", "body")
        text = self.path(name).strip("'\"")
        self._namespace_head(inner, name, text)
        children = body.children if body is not None else []
        inside = f"{self.namespace}.{text or '?'}" if self.namespace else text or "?"
        return n.Namespace(self.at(cst), n.Ident(self.at(name), text), self.items(children, inside))

    item_module = item_internal_module

    def _namespace_head(self, cst: CST, name: CST, text: str) -> None:
        """`module 'app.logics'` of older TypeScript."""
        word = cst.children[0]
        if word.type == "module":
            fix = safe("write `namespace`", [self.replace(word, "namespace")])
            self.fault(
                rules.UNSUPPORTED_SYNTAX, word, fix, what="`module`", what_zh=" `module` ", advice="", advice_zh=""
            )
        if name.type == "string":
            fixes = [safe(f"write `{text}`", [self.replace(name, text)])] if _PATH.fullmatch(text) else []
            what, what_zh = "quoted names of namespaces", "带引号的命名空间名"
            self.fault(rules.UNSUPPORTED_SYNTAX, name, *fixes, what=what, what_zh=what_zh, advice="", advice_zh="")

    def item_function_declaration(
        self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]
    ) -> n.Function | n.View:
        name = field(inner, "name")
        if self.is_page(inner, self.text(name)):
            return self.page(cst, inner, self.ident(name), doc)
        return self.function(cst, inner, self.ident(name), doc)

    item_function_signature = item_generator_function_declaration = item_function_declaration

    # --- classes

    def item_class_declaration(self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]) -> n.Class:
        name, body = fields(inner, "name", "body")
        found = [child for child in inner.children if child.type == "decorator" and child not in decorators]
        marks = tuple(self.decorator(mark) for mark in [*decorators, *found])
        heritage = next((child for child in inner.children if child.type == "class_heritage"), None)
        if heritage is not None:
            self.fault(rules.HERITAGE, heritage)
        members = self.members(body.children, self.class_member) if body is not None else ()
        return n.Class(self.at(cst), self.ident(name), doc, marks, self.type_params(inner), members)

    item_abstract_class_declaration = item_class_declaration

    def members(self, csts: Iterable[CST], read: Callable) -> tuple:
        """Members of a class or an enum with their docs and decorators; comments stay between them."""
        found: list[n.Node] = []
        doc: CST | None = None
        decorators: list[CST] = []
        for cst in csts:
            if cst.type == "comment" and cst.start_byte in self.behind:
                continue
            if cst.type == "comment":
                if doc is not None:
                    found.append(comment_node(self, doc, first=not found))
                doc = cst if is_doc(self.text(cst)) else None
                if doc is None:
                    found.append(comment_node(self, cst, first=not found))
            elif cst.type == "decorator":
                decorators.append(cst)
            elif cst.is_error or cst.is_missing:
                self.report_fault(cst)
                found.append(self.hole(cst))
            elif cst.is_named:
                broken = cst.has_error and self.own_fault(cst)
                if broken:
                    self.report_fault(broken)
                found += comments_within(self, cst)
                member = read(cst, self.doc(doc), decorators)
                doc, decorators = None, []
                if member is not None:
                    found.append(member)
        if doc is not None:
            found.append(comment_node(self, doc, first=not found))
        return tuple(found)

    def class_member(self, cst: CST, doc: n.Doc | None, before: list[CST]) -> n.Property | n.Hole | None:
        if cst.type not in ("public_field_definition", "property_signature"):
            return self.member_habit(cst)
        name, type_, value = fields(cst, "name", "type", "value")
        marks = [*before, *(child for child in cst.children if child.type == "decorator")]
        self.modifiers(cst)
        self.optional_mark(cst)
        written = self.annotated(type_)
        if written is None:
            self.fault(rules.MISSING_TYPE, name, name=self.text(name))
            written = self.hole(name)
        default = self.expr(value) if value is not None and value.type != "arrow_function" else None
        if value is not None and default is None:
            self.fault(rules.MEMBER_FUNCTION, cst, name=self.text(name))
        place = self.between(marks[0], cst) if marks else self.at(cst)
        found = tuple(self.decorator(mark) for mark in marks)
        return n.Property(place, self.key_name(name), doc, found, written, default)

    def decorator(self, cst: CST) -> n.Decorator:
        """`@Name({…})`."""
        call = parts(cst)[0] if parts(cst) else cst
        name = field(call, "function") or call
        args = field(call, "arguments")
        given = parts(args) if args is not None else []
        if len(given) > 1 or any(arg.type != "object" for arg in given):
            self.fault(rules.DECORATOR_SHAPE, cst)
            given = []
        argument = self.expr(given[0]) if given else None
        return n.Decorator(
            self.at(cst), self.ident(name), argument if isinstance(argument, n.ObjectLiteral) else None
        )  # fmt: skip

    # --- enums, variables, alias types

    def item_enum_declaration(self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]) -> n.Enum:
        name, body = fields(inner, "name", "body")
        members = self.members(body.children, self.enum_member) if body is not None else ()
        return n.Enum(self.at(cst), self.ident(name), doc, members)

    def enum_member(self, cst: CST, doc: n.Doc | None, before: list[CST]) -> n.EnumMember:
        if cst.type == "enum_assignment":
            name, value = fields(cst, "name", "value")
            return n.EnumMember(self.at(cst), self.key_name(name), doc, self.expr(value))
        return n.EnumMember(self.at(cst), self.key_name(cst), doc, None)

    def item_lexical_declaration(
        self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]
    ) -> list[n.Item]:  # fmt: skip
        found: list[n.Item] = []
        declared = [part for part in parts(inner) if part.type == "variable_declarator"]
        arrows = self.arrow_logic(cst, inner, declared, doc)
        if arrows is not None:
            return [arrows]
        self.head = Head(self.at(cst), "")
        if not self.namespace:
            self.fault(rules.VARIABLE_OUTSIDE, cst)
        self.keyword(inner, declared)
        for part in declared:
            name, type_, value = fields(part, "name", "type", "value")
            if name.type != "identifier":
                found.append(self.unsupported(name, "destructuring", "解构"))
                continue
            init = self.expr(value) if value is not None else None
            found.append(n.Let(self.at(cst), self.ident(name), self.annotated(type_), init, doc))
        return found

    item_variable_declaration = item_lexical_declaration

    def item_type_alias_declaration(self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]) -> n.Alias:
        name, value = fields(inner, "name", "value")
        return n.Alias(self.at(cst), self.ident(name), doc, self.type(value))

    def item_interface_declaration(self, cst: CST, inner: CST, doc: n.Doc | None, decorators: list[CST]) -> n.Class:
        name, body = fields(inner, "name", "body")
        word = next(child for child in inner.children if child.type == "interface")
        members = self.members(body.children, self.class_member) if body is not None else ()
        self.fault(rules.INTERFACE, word, *self.interface_fix(word, body), name=self.text(name))
        return n.Class(self.at(cst), self.ident(name), doc, (), self.type_params(inner), members)

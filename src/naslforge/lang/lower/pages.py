"""Pages: the head of variables, page logics, the life cycle, and the tree of elements."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.comments import comment_node, comments_behind, comments_within, doc_node, is_doc
from naslforge.lang.lower.elements import ELEMENTS, ElementLowering

Member = n.Let | n.Function | n.Lifecycles | n.Comment | n.Hole


class PageLowering(ElementLowering):
    """A function that returns an element."""

    namespace = ""  # the one around the place

    def is_page(self, function: CST, name: str) -> bool:
        """A function of a namespace of pages, `view` outside all, or whatever returns an element."""
        body = field(function, "body")
        if body is None:
            return False
        if self.namespace == "views" or self.namespace.endswith(".views") or (not self.namespace and name == "view"):
            return True
        return self.returned_element(body) is not None

    def returned_element(self, body: CST) -> CST | None:
        """The element that a body returns at its end, or that an arrow function is."""
        found: CST | None = body
        if body.type == "statement_block":
            returns = [part for part in parts(body) if part.type == "return_statement" and parts(part)]
            found = parts(returns[-1])[0] if returns else None
        while found is not None and found.type == "parenthesized_expression" and parts(found):
            found = parts(found)[0]
        return found if found is not None and found.type in ELEMENTS else None

    def page(self, cst: CST, inner: CST, name: n.Ident, doc: n.Doc | None) -> n.View:
        """`inner` has the parameters and the body."""
        params, body = self.params_of(inner), field(inner, "body")
        self.loose, self.slot_names, self.renamed = [], [], {}
        with self.own_head(body, params):
            members, root = self.page_body(body)
        return n.View(self.at(cst), name, doc, params, members, root)

    def page_body(self, body: CST) -> "tuple[tuple[Member, ...], n.Element | n.Fragment | n.Hole | None]":
        """The members and the root."""
        if body.type != "statement_block":
            only = self.content_of(body)
            return tuple(self.loose), only
        found: list[Member] = []
        root: n.Element | n.Fragment | n.Hole | None = None
        doc: CST | None = None
        for cst in body.children:
            if cst.type == "comment":
                found += self._plain_doc(doc, found)
                doc = cst if is_doc(self.text(cst)) else None
                if doc is None:
                    found.append(comment_node(self, cst, first=not found))
            elif cst.type == "return_statement":
                found += self._plain_doc(doc, found)
                doc = None
                root = self.root(cst, found)
            elif cst.is_error or cst.is_missing:
                self.report_fault(cst)
                found.append(n.Hole(self.at(cst)))
            elif cst.is_named:
                if cst.type not in ("function_declaration", "lexical_declaration"):
                    found += self._plain_doc(doc, found)
                found += comments_within(self, cst)
                found += self.member(cst, doc)
                found += comments_behind(self, cst)
                doc = None
        return (*found, *self._plain_doc(doc, found)), root

    def _plain_doc(self, doc: CST | None, before: list[Member]) -> list[Member]:
        return [comment_node(self, doc, first=not before)] if doc is not None else []

    def root(self, cst: CST, found: list[Member]) -> "n.Element | n.Fragment | n.Hole | None":
        """What a page returns; comments inside that have no place there move before it."""
        self.loose += self.comments_beside(cst) if parts(cst) and parts(cst)[0].type in ELEMENTS else []
        root = self.content_of(parts(cst)[0]) if parts(cst) else None
        found += self.loose
        self.loose = []
        return root

    def member(self, cst: CST, doc: CST | None) -> list[Member]:
        said = doc_node(self, doc) if doc is not None else None
        if cst.type == "function_declaration":
            self.head.closed = True
            return [self.function(cst, cst, self.ident(field(cst, "name")), said)]
        if cst.type in ("lexical_declaration", "variable_declaration"):
            declared = [part for part in parts(cst) if part.type == "variable_declarator"]
            if len(declared) == 1 and self.text(field(declared[0], "name")) == "$lifecycles":
                return [self.lifecycles(cst, field(declared[0], "value"))]
            found = self.variables(cst)
            return [stmt for stmt in found if isinstance(stmt, Member)]
        if cst.type == "empty_statement":
            return []
        self.fault(rules.STATEMENT_IN_PAGE, cst)
        return [n.Hole(self.at(cst))]

    # --- the life cycle

    def lifecycles(self, cst: CST, value: CST | None) -> n.Lifecycles | n.Hole:
        if value is None or value.type != "object":
            self.fault(rules.LIFECYCLE_SHAPE, cst)
            return n.Hole(self.at(cst))
        found = (self.lifecycle(part) for part in parts(value))
        return n.Lifecycles(self.at(cst), tuple(entry for entry in found if entry is not None))

    def lifecycle(self, cst: CST) -> n.LifecycleEntry | None:
        """`onCreated: [function init() {…}]`."""
        key, value = fields(cst, "key", "value")
        if cst.type != "pair" or value.type != "array":
            self.fault(rules.LIFECYCLE_SHAPE, cst)
            return None
        event = self.key_name(key)
        handlers = tuple(self.handlers(event, part) for part in parts(value))
        return n.LifecycleEntry(self.at(cst), event, handlers)  # type: ignore[arg-type]

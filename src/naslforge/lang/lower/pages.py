"""Pages: the head of variables, page logics, the life cycle, and the tree of elements."""

from collections.abc import Sequence

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.grammar import CST, field, fields, parts
from naslforge.lang.lower.comments import comment_node, comments_behind, comments_within, doc_node, is_doc
from naslforge.lang.lower.element_habits import handler_name
from naslforge.lang.lower.elements import ELEMENTS
from naslforge.lang.lower.page_habits import PageHabits
from naslforge.lang.lower.reader import safe

_DOCUMENTED = ("function_declaration", "lexical_declaration")
Member = n.Let | n.Function | n.Lifecycles | n.Comment | n.Hole


class PageLowering(PageHabits):
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
        self.page_shape(cst, inner, name, self.namespace)
        params, body = self.page_params(inner), field(inner, "body")
        self.loose, self.slot_names, self.renamed, self.setters = [], [], {}, {}
        self.element_names = frozenset(self.names_of_elements(body))
        with self.own_head(body, params):
            members, root = self.page_body(body)
        if root is None:
            self.fault(rules.NO_ROOT, name.span, name=name.name)
        return n.View(self.at(cst), name, doc, params, members, root)

    def page_body(self, body: CST) -> "tuple[tuple[Member, ...], n.Element | n.Fragment | n.Hole | None]":
        """The members and the root."""
        if body.type != "statement_block":
            only = self.root(body)
            return tuple(self.loose), only
        found: list[Member] = []
        root: n.Element | n.Fragment | n.Hole | None = None
        doc: CST | None = None
        for cst in body.children:
            if cst.type == "comment" and cst.start_byte in self.behind:
                continue
            if cst.type == "comment":
                found += self.plain_doc(doc, found)
                doc = cst if is_doc(self.text(cst)) else None
                found += [comment_node(self, cst, first=not found)] if doc is None else []
                continue
            if cst.type not in _DOCUMENTED:
                found += self.plain_doc(doc, found)
                doc = None
            if self.is_bare_head(cst):
                continue
            if cst.type == "expression_statement" and parts(cst) and parts(cst)[0].type in ELEMENTS and root is None:
                self.fault(rules.PAGE_RETURN, self.at(cst).at_start(), safe("write `return`", [
                    self.insert(self.at(cst).at_start(), "return ")
                ]))  # fmt: skip
                root = self.returned_root(cst, root, found)
            elif cst.type == "return_statement":
                root = self.returned_root(cst, root, found)
            elif cst.is_error or cst.is_missing:
                self.report_fault(cst)
                found.append(self.hole(cst))
            elif cst.is_named:
                behind = comments_behind(self, cst)
                found += [*comments_within(self, cst), *self.member(cst, doc), *behind]
                doc = None
        return (*found, *self.plain_doc(doc, found)), root

    def plain_doc(self, doc: CST | None, before: list[Member]) -> list[Member]:
        """A doc comment with no logic behind it is a comment."""
        return [comment_node(self, doc, first=not before)] if doc is not None else []

    # --- what a page returns

    def returned_root(
        self, cst: CST, before: "n.Element | n.Fragment | n.Hole | None", found: list[Member]
    ) -> "n.Element | n.Fragment | n.Hole | None":  # fmt: skip
        """The root; comments in it that have no place there move before it."""
        fault = next((part for part in cst.children if part.is_error or part.is_missing), None)
        if fault is not None:
            self.report_fault(fault)
        if before is not None:
            self.fault(rules.EARLY_RETURN, cst.children[0])
            return before
        if not parts(cst):
            return self.hole(cst) if fault is not None else None
        root = self.root(parts(cst)[0])
        found += self.loose
        self.loose = []
        return root

    def root(self, cst: CST) -> "n.Element | n.Fragment | n.Hole | None":
        value = cst
        while value.type == "parenthesized_expression" and len(parts(value)) == 1:
            self.loose += self.comments_beside(value)
            value = parts(value)[0]
        if value.type in ELEMENTS:
            found = self.content_of(value)
            self.single_root(value, found)
            return found
        if self.gives_element(value):
            return self.choice_in_slot(value, value)
        fault = self.own_fault(cst) if cst.has_error else None
        if fault is not None:
            self.report_fault(fault)
            return self.hole(cst)
        return None

    # --- members

    def member(self, cst: CST, doc: CST | None) -> Sequence[Member]:
        said = doc_node(self, doc) if doc is not None else None
        if cst.type == "function_declaration":
            self.head.closed = True
            fault = self.own_fault(cst) if cst.has_error else None
            if fault is not None:
                self.report_fault(fault)
            return [self.function(cst, cst, self.ident(field(cst, "name")), said)]
        if cst.type in ("lexical_declaration", "variable_declaration"):
            before: list[Member] = [comment_node(self, doc, first=True)] if doc is not None else []
            return [*before, *self.declaration(cst, said)]
        if cst.type in ("empty_statement", "statement_block"):
            return [] if cst.type == "empty_statement" else self.bare_logic(cst, said)
        call = parts(cst)[0] if cst.type == "expression_statement" and parts(cst) else None
        alone = b"$lifecycles" not in self.prepared.data
        found = self.effect_member(cst, call, alone) if call is not None and call.type == "call_expression" else None
        if found is not None:
            return [found]
        fault = self.own_fault(cst) if cst.has_error else None
        if fault is not None:
            self.report_fault(fault)
            return [self.hole(cst)]
        return [self.statement_in_page(cst, alone)]

    def declaration(self, cst: CST, doc: n.Doc | None) -> list[Member]:
        """`let`s, `$lifecycles`, and what React writes as constants."""
        declared = [part for part in parts(cst) if part.type == "variable_declarator"]
        one = declared[0] if len(declared) == 1 else None
        value = field(one, "value") if one is not None else None
        fault = self.own_fault(cst) if cst.has_error else None
        if fault is not None:
            self.report_fault(fault)
            return [found for found in self.salvaged(cst) if isinstance(found, n.Let | n.Hole)]
        if one is not None and self.text(field(one, "name")) == "$lifecycles":
            self.head.closed = True
            return [self.lifecycles(cst, value)]
        if one is not None and value is not None and value.type in ("arrow_function", "function_expression"):
            self.head.closed = True
            return [self.constant_function(cst, one, doc)]
        hooks = self.hook(cst, one) if one is not None else None
        if hooks is not None:
            return [*hooks]
        late, self.head.closed = self.head.closed, False
        place = self.head.place
        found = self.variables(cst)
        if late:
            self.head.place, self.head.closed = place, True
            self.late_page_variable(cst, found)
        return [stmt for stmt in found if isinstance(stmt, Member)]

    # --- the life cycle

    def lifecycles(self, cst: CST, value: CST | None) -> n.Lifecycles | n.Hole:
        word = cst.children[0]
        if self.text(word) != "const":
            self.fault(rules.LIFECYCLE_SHAPE, word, safe("write `const`", [self.replace(word, "const")]))
        if value is None or value.type != "object":
            self.fault(rules.LIFECYCLE_SHAPE, cst)
            return self.hole(cst)
        found = (self.lifecycle(part) for part in parts(value))
        return n.Lifecycles(self.at(cst), tuple(entry for entry in found if entry is not None))

    def lifecycle(self, cst: CST) -> n.LifecycleEntry | None:
        """`onCreated: [function init() {…}]`."""
        key, value = fields(cst, "key", "value")
        if cst.type == "method_definition":
            return self.lifecycle_method(cst)
        if cst.type != "pair":
            self.fault(rules.LIFECYCLE_SHAPE, cst)
            return None
        event = self.key_name(key)
        if value.type != "array":
            return self.lifecycle_alone(cst, event, value)
        handlers = tuple(self.handlers(event, part) for part in parts(value))
        return n.LifecycleEntry(self.at(cst), event, handlers)  # type: ignore[arg-type]

    def lifecycle_alone(self, cst: CST, event: n.Ident, value: CST) -> n.LifecycleEntry:
        """`onCreated: init` and `onCreated: () => {…}`: a list is missing, and perhaps a name."""
        place = self.at(value)
        if value.type not in ("arrow_function", "function_expression") or field(value, "name") is not None:
            fix = safe("write a list", [self.insert(place.at_start(), "["), self.insert(place.at_end(), "]")])
            self.fault(rules.LIFECYCLE_SHAPE, place, fix)
            return n.LifecycleEntry(self.at(cst), event, (self.handlers(event, value),))  # type: ignore[arg-type]
        name, params, body = self.fresh(handler_name(event.name)), self.params_of(value), field(value, "body")
        written = self.text(body) if body.type == "statement_block" else f"{{ {self.text(body)}; }}"
        text = f"[function {name}({', '.join(param.span.text for param in params)}) {written}]"
        self.fault(rules.LIFECYCLE_SHAPE, place, safe("write a list of functions", [self.replace(value, text)]))
        function = n.Function(place, n.Ident(place, name), None, (), params, None, self.effects(body, params))
        return n.LifecycleEntry(self.at(cst), event, (function,))

    def lifecycle_method(self, cst: CST) -> n.LifecycleEntry:
        """`onCreated() {…}`."""
        event = self.key_name(field(cst, "name"))
        name = self.fresh(handler_name(event.name))
        params, body = field(cst, "parameters"), field(cst, "body")
        text = f"{event.name}: [function {name}{self.text(params)} {self.text(body)}]"
        self.fault(rules.LIFECYCLE_SHAPE, event.span, safe("write a list of functions", [self.replace(cst, text)]))
        self.async_mark(cst)
        function = self.function(cst, cst, n.Ident(event.span, name), None)
        return n.LifecycleEntry(self.at(cst), event, (function,))

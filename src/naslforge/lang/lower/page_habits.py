"""What writers of React and Vue put into the body of a page: hooks, state, functions as constants, early returns."""

import re
from abc import abstractmethod
from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.elements import ElementLowering
from naslforge.lang.lower.reader import safe, unsafe
from naslforge.lang.source import TornSpan

_FUNCTIONS = ("arrow_function", "function_expression")
_HOOK = re.compile(r"(?:React\.)?use[A-Z]\w*|ref|reactive|shallowRef|computed|inject|defineProps|defineEmits")
_START = {  # hooks and callbacks that run at times of the life cycle
    "useEffect": "onCreated", "useLayoutEffect": "onMounted", "onMounted": "onMounted", "onCreated": "onCreated",
    "created": "onCreated", "mounted": "onMounted", "onBeforeMount": "onCreated", "onUnmounted": "onDestroyed",
    "onBeforeUnmount": "onDestroyed", "onUpdated": "onUpdated", "onLoad": "onCreated", "useMount": "onCreated",
}  # fmt: skip
_STATE = ("useState", "ref", "reactive", "shallowRef")


class PageHabits(ElementLowering):
    """Habits among the members of a page."""

    setters: dict[str, str] = {}  # functions that set a variable: `setCount` of `count`  # noqa: RUF012

    # --- state and hooks

    def hook(self, cst: CST, declared: CST) -> "list[n.Let | n.Hole] | None":
        """`const [count, setCount] = useState(0)`; None where it is no hook."""
        name, type_, value = (field(declared, part) for part in ("name", "type", "value"))
        while value is not None and value.type == "await_expression" and parts(value):
            value = parts(value)[-1]
        callee = self.text(field(value, "function")) if value is not None and value.type == "call_expression" else ""
        if not _HOOK.fullmatch(callee):
            return None
        if callee.removeprefix("React.") in _STATE:
            return [self.state(cst, name, type_, value)]
        self.fault(rules.HOOK, self.prepared.span(declared.start_byte, value.end_byte), name=callee)
        return [n.Let(self.at(cst), self.ident(one), None, self.hole(value)) for one in self.pattern_names(name)] \
            if name.type != "identifier" else [n.Let(self.at(cst), self.ident(name), None, self.hole(value))]  # fmt: skip  # noqa: E501

    def state(self, cst: CST, name: CST, type_: CST | None, value: CST) -> n.Let:
        """A variable of the page, with its function that sets it."""
        names = self.pattern_names(name) if name.type != "identifier" else [name]
        given, types = parts(field(value, "arguments")), field(value, "type_arguments")
        variable = self.text(names[0]) if names else "state"
        written = f": {self.text(parts(types)[0])}" if types is not None and parts(types) else self.text(type_)
        start = f" = {self.text(given[0])}" if given else ""
        line = f"let {variable}{written}{start};"
        edits = [self.replace(cst, line)]
        if len(names) > 1:
            self.setters[self.text(names[1])] = variable
            edits += self.setter_edits(cst, self.text(names[1]), variable)
        plain = not (given and given[0].type in _FUNCTIONS)
        fixes = [safe(f"write `{line}`", edits)] if plain else []
        init = self.argument(given[0]) if given else None
        self.head.taken[variable] = written
        self.fault(rules.STATE, self.at(value), *fixes, instead=line)
        kind = self.type(parts(types)[0]) if types is not None and parts(types) else self.annotated(type_)
        return n.Let(self.at(cst), self.ident(names[0]) if names else n.Ident(self.at(name), variable), kind, init)

    def setter_edits(self, cst: CST, setter: str, variable: str) -> list[Edit]:
        """`setCount(count + 1)` as an assignment, wherever the page does it in a statement of its own."""
        found: list[Edit] = []
        stack = [cst.parent] if cst.parent is not None else []
        while stack:
            part = stack.pop()
            if part.type == "call_expression" and self.text(field(part, "function")) == setter:
                given = parts(field(part, "arguments"))
                if len(given) == 1 and given[0].type not in _FUNCTIONS:
                    found.append(self.replace(part, f"{variable} = {self.text(given[0])}"))
                continue
            stack += part.named_children
        return found

    def call_statement(self, cst: CST, call: CST) -> n.Stmt:
        """A call of a function that sets a variable was said to be an assignment where the variable is declared."""
        variable = self.setters.get(self.text(field(call, "function"))) if self.setters else None
        given = parts(field(call, "arguments")) if variable is not None else []
        if variable is None or len(given) != 1:
            return super().call_statement(cst, call)
        target = n.Name(self.at(field(call, "function")), variable)
        value = self.hole(given[0]) if given[0].type in _FUNCTIONS else self.expr(given[0])
        return n.Assign(self.at(cst), target, value)

    def effect_member(self, cst: CST, call: CST, alone: bool) -> "n.Lifecycles | None":
        """`useEffect(() => { … }, [])` as a part of the life cycle; `alone` where the page has no other."""
        callee = self.text(field(call, "function")).removeprefix("React.")
        args = field(call, "arguments")
        given = parts(args) if args is not None else []
        if callee not in _START or not given or given[0].type not in _FUNCTIONS:
            return None
        event, function = _START[callee], given[0]
        name = self.fresh("init" if event == "onCreated" else event.removeprefix("on").lower())
        body = field(function, "body")
        text = self.text(body) if body.type == "statement_block" else f"{{ {self.text(body)}; }}"
        line = f"const $lifecycles = {{ {event}: [function {name}() {text}] }};"
        alone = alone and sum(self.prepared.text(0, len(self.prepared.data)).count(f"{one}(") for one in _START) == 1
        once = len(given) < 2 or self.text(given[1]) == "[]"
        fixes = [(safe if once else unsafe)("write `$lifecycles`", [self.replace(cst, line)])] if alone else []
        self.fault(rules.EFFECT, field(call, "function"), *fixes, name=callee, event=event)
        handler = n.Function(self.at(function), n.Ident(self.at(function).at_start(), name), None, (), (), None,
                             self.effects(body, ()))  # fmt: skip
        entry = n.LifecycleEntry(self.at(call), n.Ident(self.at(call).at_start(), event), (handler,))
        return n.Lifecycles(self.at(cst), (entry,))

    # --- functions and statements

    def constant_function(self, cst: CST, declared: CST, doc: n.Doc | None) -> n.Function:
        """`const save = () => {…};` as the page logic that it means."""
        name, value = field(declared, "name"), field(declared, "value")
        body = field(value, "body")
        if body.type == "statement_block" or self.gives_element(body):
            self.fault(rules.PAGE_LOGIC, name, *self.arrow_fix(cst, name, value), name=self.text(name))
            return self.function(cst, value, self.ident(name), doc)
        params = self.params_of(value)
        text = f"function {self.text(name)}({', '.join(p.span.text for p in params)}) {{ {self.text(body)}; }}"
        sets = body.type == "call_expression" and self.text(field(body, "function")) in self.setters
        if (
            body.type not in ("assignment_expression", "augmented_assignment_expression", "update_expression")
            and not sets
        ):
            text = text.replace("{ ", "{ return ", 1)
        self.fault(rules.PAGE_LOGIC, name, safe("write a page logic", [self.replace(cst, text)]), name=self.text(name))
        block = self.effects(body, params) if "return " not in text else self.logic_body(body, params)
        return n.Function(self.at(cst), self.ident(name), doc, (), params, None, block)

    @abstractmethod
    def arrow_fix(self, inner: CST, name: CST, value: CST) -> list[Fix]: ...  # ItemHabits

    def is_bare_head(self, cst: CST) -> bool:
        """`save(event)` before a block, where `function` is missing."""
        call = parts(cst)[0] if cst.type == "expression_statement" and parts(cst) else None
        after = cst.next_named_sibling
        plain = call is not None and call.type == "call_expression" and field(call, "function").type == "identifier"
        return plain and after is not None and after.type == "statement_block"

    def bare_logic(self, block: CST, doc: n.Doc | None) -> "list[n.Function | n.Hole]":
        """`save(event) { … }`."""
        head = block.prev_named_sibling
        if head is None or not self.is_bare_head(head):
            return [self.statement_in_page(block, alone=False)]
        call = parts(head)[0]
        name = field(call, "function")
        fix = safe("write `function`", [self.insert(self.at(call).at_start(), "function ")])
        self.fault(rules.PAGE_LOGIC, name, fix, name=self.text(name))
        given = [part for part in parts(field(call, "arguments")) if part.type == "identifier"]
        params = tuple(n.Param(self.at(part), self.ident(part), None) for part in given)
        return [n.Function(self.between(head, block), self.ident(name), doc, (), params, None,
                           self.logic_body(block, params))]  # fmt: skip

    def statement_in_page(self, cst: CST, alone: bool) -> n.Hole:
        """A statement among the members."""
        if cst.type == "if_statement" and any(map(self.gives_element, self.returns_in(cst))):
            self.fault(rules.EARLY_RETURN, cst.children[0])
            return self.hole(cst)
        fixes = []
        if alone and cst.type in ("expression_statement", "if_statement", "while_statement", "for_in_statement"):
            name = self.fresh("init")
            line = f"\n{self.indent(cst)}"
            function = f"function {name}() {{ {self.text(cst)} }},"
            text = f"const $lifecycles = {{{line}  onCreated: [{line}    {function}{line}  ],{line}}};"
            fixes = [unsafe("run it when the page is created", [self.replace(cst, text)])]
        self.fault(rules.STATEMENT_IN_PAGE, cst, *fixes)
        return self.hole(cst)

    def returns_in(self, cst: CST) -> list[CST]:
        """The values of the `return`s in a statement."""
        found, stack = [], [cst]
        while stack:
            part = stack.pop()
            if part.type == "return_statement":
                found += parts(part)
            elif part.type not in _FUNCTIONS:
                stack += part.named_children
        return found

    def names_of_elements(self, body: CST) -> Iterator[str]:
        """Functions and variables of the page that stand for elements, as in `const cell = <A/>`."""
        for part in parts(body):
            if part.type == "function_declaration" and self.gives_element(field(part, "body")):
                yield self.text(field(part, "name"))
            for one in parts(part) if part.type in ("lexical_declaration", "variable_declaration") else ():
                value = field(one, "value")
                value = field(value, "body") if value is not None and value.type in _FUNCTIONS else value
                if self.gives_element(value):
                    yield self.text(field(one, "name"))

    # --- the order and the shape of a page

    def late_page_variable(self, cst: CST, found: "list[n.Stmt]") -> None:
        """Variables stand before the logics; one further down moves there as it is."""
        line = self.text(cst)
        edits = [Edit(self.head.place, f"\n{self.head.pad}{line}"), Edit(self.whole_line(cst), "")]
        names = ", ".join(one.name.name for one in found if isinstance(one, n.Let))
        self.fault(rules.PAGE_ORDER, cst, safe("move it to the head of the page", edits), name=names)

    def page_shape(self, cst: CST, inner: CST, name: n.Ident, namespace: str) -> None:
        """What a page has no place for: a result, type parameters, a namespace of logics."""
        result = field(inner, "return_type")
        if result is not None and not isinstance(self.at(result), TornSpan):
            sure = unsafe if result.has_error or result.parent.has_error else safe
            fix = sure("leave it out", [self.drop(result)])
            self.fault(rules.PAGE_RESULT, result, fix, text=self.text(result).lstrip(": "))
        if field(inner, "type_parameters") is not None:
            self.unsupported(field(inner, "type_parameters"), "type parameters of pages", "页面的类型参数")
        self.async_mark(inner)
        known = not namespace.startswith(("app.frontendTypes", "?")) or namespace.endswith((".logics", ".variables"))
        if namespace and known and not (namespace == "views" or namespace.endswith(".views")):
            self.fault(rules.PAGE_PLACE, name.span, name=name.name)

    def page_params(self, inner: CST) -> tuple[n.Param, ...]:
        """The parameters; `({ id, tab })`, as components of React take them, are several."""
        several = field(inner, "parameters")
        given = parts(several) if several is not None else []
        pattern = field(given[0], "pattern") if len(given) == 1 else None
        if pattern is None or pattern.type != "object_pattern":
            return self.params_of(inner)
        type_ = field(given[0], "type")
        record = parts(type_)[0] if type_ is not None and parts(type_) else None
        types = {}
        if record is not None and record.type == "object_type":
            types = {self.text(field(one, "name")): field(one, "type") for one in parts(record) if field(one, "name")}
        found, texts = [], []
        for one in self.pattern_names(pattern):
            name = self.text(one)
            written = types.get(name)
            found.append(n.Param(self.at(one), self.ident(one), self.annotated(written)))
            texts.append(f"{name}{self.text(written)}")
        shown = ", ".join(texts)
        fix = safe("write the parameters", [self.replace(given[0], shown)])
        self.fault(rules.DESTRUCTURING, pattern, fix, advice=f"; write `({shown})`", advice_zh=f"，应写 `({shown})`")
        return tuple(found)

    def single_root(self, cst: CST, root: "n.Element | n.Fragment | n.Hole") -> None:
        """A fragment is no root."""
        if not isinstance(root, n.Fragment):
            return
        while cst.type == "parenthesized_expression":
            cst = parts(cst)[0]
        opening, closing = field(cst, "open_tag"), field(cst, "close_tag")
        one = len([part for part in root.content if not isinstance(part, n.Comment)]) == 1 and len(root.content) == 1
        layout = '<ULinearLayout direction="vertical">'
        texts = ("", "") if one else (layout, "</ULinearLayout>")
        fix = safe("leave out the fragment" if one else f"write `{layout}`",
                   [self.replace(opening, texts[0]), self.replace(closing, texts[1])])  # fmt: skip
        self.fault(rules.FRAGMENT_ROOT, opening, fix)

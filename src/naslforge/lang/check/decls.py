"""Declarations: what is declared where, the fields of structures and entities, enums, variables, logics."""

from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import Logic, Scope
from naslforge.lang.check.model import Model
from naslforge.lang.check.pages import Pages
from naslforge.lang.check.processes import Processes
from naslforge.lang.check.project import Project
from naslforge.lang.check.suggest import Words, near_name
from naslforge.lang.diagnostics import Label
from naslforge.lang.scope import Declared, Local, Symbols, is_entity
from naslforge.lang.types import (
    ANY,
    UNKNOWN,
    VOID,
    EnumType,
    Primitive,
    Type,
    TypeVar,
    Union,
    Unknown,
    show,
)

DEFAULT_NAMESPACE = "app.logics"
PAGES_NAMESPACE = "app.frontendTypes.pc.frontends.pc.views"


class Declarations(Pages):
    """Checks a whole program, one declaration after the other; logics without annotation when they are called."""

    def __init__(self, symbols: Symbols, duplicates: list[tuple[Declared, Declared]]) -> None:
        super().__init__(symbols)
        self.duplicates = duplicates
        self._keys: dict[str, tuple[str, ...]] = {}
        self._done: set[n.Function] = set()
        self._running: list[n.Function] = []

    @property
    def key_names(self) -> dict[str, tuple[str, ...]]:
        return self._keys

    def program(self) -> None:
        """Every pass over the declarations, in the order that each needs."""
        for first, second in self.duplicates:
            label = Label(first.node.name.span, "first declared here", "首次声明在这里")
            self.report(rules.DUPLICATE_NAME, second.node.name.span, labels=[label], name=second.name)
        everything = list(self.symbols.by_name.values())
        for declared in everything:
            if isinstance(declared.node, n.Enum):
                self._enum(declared.name, declared.node)
        for declared in everything:
            if isinstance(declared.node, n.Class):
                self._fields(declared)
            elif isinstance(declared.node, n.Let):
                self._variable_type(declared)
            elif isinstance(declared.node, n.Function):
                self._signature(declared)
            elif isinstance(declared.node, n.View):
                self.page_signature(declared)
        for declared in everything:
            self._inside(declared)
        for part in (Project(self), Processes(self), Model(self)):
            part.check()

    def _inside(self, declared: Declared) -> None:
        match declared.node:
            case n.Class() as node:
                self._defaults(declared, node)
                if is_entity(declared):
                    self._relations(declared, node)
            case n.Let() as node:
                self._variable(declared, node)
            case n.Function():
                self.check_logic(declared)
            case n.View():
                self.check_page(declared)
            case n.Alias(type=type_):
                self.at(declared)
                self.annotation(type_)
            case n.Enum():
                pass

    def at(self, declared: Declared) -> None:
        """Look at names from the place of a declaration."""
        self.namespace = declared.name.rpartition(".")[0]
        self.vars = {}

    # --- enums

    def _enum(self, name: str, node: n.Enum) -> None:
        members: list[tuple[str, str | int, str]] = []
        seen: set[str] = set()
        for member in node.members:
            if not isinstance(member, n.EnumMember):
                continue
            if member.name.name in seen:
                self.report(rules.DUPLICATE_NAME, member.name.span, name=member.name.name)
            seen.add(member.name.name)
            value = _stored_value(member)
            label = member.doc.text.strip() if member.doc and member.doc.text.strip() else str(value)
            members.append((member.name.name, value, label))
        if len({type(value) for _, value, _ in members}) > 1:
            self.report(rules.ENUM_VALUES, node.name.span)
            members = [(name, str(value), label) for name, value, label in members]
        self.enums[name] = tuple(members)

    # --- structures and entities

    def _fields(self, declared: Declared) -> None:
        self.at(declared)
        node = declared.node
        assert isinstance(node, n.Class)
        self._enter_type_params(node.type_params)
        self.type_params[declared.name] = tuple(self.vars.values())
        fields: dict[str, Type] = {}
        for member in node.members:
            if not isinstance(member, n.Property):
                continue
            if member.name.name in fields:
                self.report(rules.DUPLICATE_NAME, member.name.span, name=member.name.name)
            fields[member.name.name] = type_ = self.value_annotation(member.type)
            if is_entity(declared) and not isinstance(type_, Primitive | EnumType | Unknown):
                self.report(rules.ENTITY_PROPERTY_TYPE, member.type.span, given=f"`{show(type_)}`")
        self.fields[declared.name] = tuple(fields.items())
        if is_entity(declared):
            self._keys[declared.name] = tuple(p.name.name for p in _properties(node) if _flag(p, "primaryKey"))

    def _enter_type_params(self, params: tuple[n.TypeParam, ...]) -> None:
        self.vars = {}
        for param in params:
            bound = self.annotation(param.bound) if param.bound is not None else None
            bounds = bound.members if isinstance(bound, Union) else (bound,) if bound else ()
            self.vars[param.name.name] = TypeVar(param.name.name, bounds)

    def _defaults(self, declared: Declared, node: n.Class) -> None:
        self.at(declared)
        self._enter_type_params(node.type_params)
        types = dict(self.fields[declared.name])
        for member in _properties(node):
            if member.default is not None:
                wanted = types[member.name.name]
                if is_entity(declared) and isinstance(member.default, n.Text) and show(wanted) in _DATE_NAMES:
                    self.types[member.default] = wanted  # the one place where a text may be a date
                else:
                    self.want(member.default, wanted, f"property `{member.name.name}`", f"属性 `{member.name.name}`")

    def _relations(self, declared: Declared, node: n.Class) -> None:
        namespace = declared.name.rpartition(".")[0]
        entities = {d.name.rpartition(".")[2]: d for d in self.symbols.entities() if d.name.startswith(namespace + ".")}
        for member in _properties(node):
            relation = _argument(member, "relation")
            if not isinstance(relation, n.ObjectLiteral):
                continue
            parts = {_key(entry): entry.value for entry in relation.entries}
            target, prop = parts.get("entity"), parts.get("property")
            if not isinstance(target, n.Text):
                continue
            other = entities.get(target.value) or self.symbols.by_name.get(target.value)
            if other is None:
                self._report_relation(target, "entity", "实体", list(entities))
            elif isinstance(prop, n.Text) and prop.value not in dict(self.fields.get(other.name, ())):
                self._report_relation(prop, "property", "属性", [name for name, _ in self.fields.get(other.name, ())])

    def _report_relation(self, e: n.Text, what: str, what_zh: str, known: list[str]) -> None:
        near = near_name(e.value, known)
        self.report(rules.UNKNOWN_RELATION, e.span, what=what, what_zh=what_zh, name=e.value, **near.near)

    # --- variables of namespaces

    def _variable_type(self, declared: Declared) -> None:
        self.at(declared)
        node = declared.node
        assert isinstance(node, n.Let)
        self.names[node] = self.value_annotation(node.type) if node.type is not None else UNKNOWN

    def _variable(self, declared: Declared, node: n.Let) -> None:
        self.at(declared)
        if node.init is not None and node.type is not None:
            self.want(node.init, self.names[node], f"`{node.name.name}`", f"`{node.name.name}`")
        elif node.init is not None:
            self.names[node] = self.value(node.init)
        elif node.type is None:
            self.report(rules.UNTYPED_VARIABLE, node.name.span, name=node.name.name)

    # --- logics

    def _signature(self, declared: Declared) -> None:
        self.at(declared)
        function = declared.node
        assert isinstance(function, n.Function)
        self._enter_type_params(function.type_params)
        for param in function.params:
            self.names[param] = self.parameter_type(param)
        if function.result is not None:
            self.results[function] = self.annotation(function.result)
        elif function.body is None:
            self.results[function] = VOID

    def parameter_type(self, param: n.Param) -> Type:
        if param.type is not None:
            return self.value_annotation(param.type)
        if param.default is not None:
            return self.value(param.default)
        self.report(rules.PARAMETER_TYPE, param.span, name=param.name.name)
        return UNKNOWN

    def result_of(self, declared: Declared) -> Type:
        """The result of a logic; one without annotation is checked first, if it is not already under work."""
        function = declared.node
        assert isinstance(function, n.Function)
        if function in self.results:
            return self.results[function]
        if function in self._running:
            self._recursive(function)
            return UNKNOWN
        self.check_logic(declared)
        return self.results.get(function, UNKNOWN)

    def _recursive(self, function: n.Function) -> None:
        muted, self.muted = self.muted, 0
        self.report(rules.RECURSIVE_RESULT, function.name.span, name=function.name.name)
        self.muted = muted

    def check_logic(self, declared: Declared) -> None:
        """Check a logic once, with nothing of what stands around the place that asks."""
        function = declared.node
        assert isinstance(function, n.Function)
        if function in self._done or function in self._running:
            return
        kept = (self.scope, self.namespace, self.vars, self.logic, self.over, self.muted, self.rehearsing, self.page)
        self._running.append(function)
        self.page, around = self.around.get(function, (None, None))
        self.muted = self.rehearsing = int(self.page is not None and self.page.rehearsing)
        self.scope, self.logic, self.over = Scope(around), None, None
        try:
            self.at(declared)
            self._enter_type_params(function.type_params)
            self._logic_body(declared, function)
        finally:
            self._running.pop()
            self._done.add(function)
            (self.scope, self.namespace, self.vars, self.logic, self.over, self.muted, self.rehearsing, self.page) = (
                kept
            )

    def forget(self, functions: list[n.Function]) -> None:
        """What a rehearsal found of these functions is found again."""
        for function in functions:
            self._done.discard(function)
            if function.result is None:
                self.results.pop(function, None)

    def _logic_body(self, declared: Declared, function: n.Function) -> None:
        self._parameters(function)
        if function.body is None:
            return
        logic = Logic(function, self.namespace, wanted=self.results.get(function))
        self.logic = logic
        params = self.scope
        if any(isinstance(s, n.Let) and s.type is None for s in function.body.statements):
            # A rehearsal finds the types of untyped variables, in the order of the first assignments.
            with self.rehearsal():
                self.scope = Scope(params)
                self.statements(function.body)
            logic.named.clear()
        self.scope = Scope(params)
        self.statements(function.body)
        self.report_untyped(logic.untyped)
        self._result(logic)

    def _parameters(self, function: n.Function) -> None:
        seen: set[str] = set()
        for param in function.params:
            name = param.name.name
            if name in seen:
                self.report(rules.DUPLICATE_NAME, param.name.span, name=name)
            seen.add(name)
            if param.default is not None and param.type is not None:
                self.want(param.default, self.names[param], f"the default of `{name}`", f"`{name}` 的默认值")
            self.scope.names[name] = Local(name, "parameter", param, self.names[param])

    def report_untyped(self, untyped: dict[n.Let, Type | None]) -> None:
        for let, type_ in untyped.items():
            self.names[let] = type_ or UNKNOWN
            if type_ is None and let.name.name not in ("",):
                nulls = let.init is not None or let in self.written
                unclear = any(isinstance(self.types.get(s.value), Unknown) for s in self.written.get(let, ()))  # type: ignore[attr-defined]
                if not unclear:
                    rule = rules.UNTYPED_NULL if nulls else rules.UNTYPED_VARIABLE
                    self.report(rule, let.name.span, name=let.name.name)

    def _result(self, logic: Logic) -> None:
        function = logic.function
        if function not in self.results:
            found = logic.found or (UNKNOWN if logic.returns_value else VOID)
            self.results[function] = found
        wanted = self.results[function]
        promised = wanted not in (VOID, ANY) and not isinstance(wanted, Unknown)
        if promised and not logic.returns_value and not _broken(function):
            facts: Words = {"name": function.name.name, "wanted": f"`{show(wanted)}`"}
            self.report(rules.MISSING_RETURN, function.name.span, **facts)


_DATE_NAMES = {"Date", "Time", "DateTime"}


def collect(units: tuple[n.Unit, ...]) -> tuple[Symbols, list[tuple[Declared, Declared]]]:
    """Every declaration by full name, and the pairs declared twice. A body beats a given signature."""
    symbols, duplicates = Symbols(), []
    for unit in units:
        for namespace, node in _declarations(unit.items, ""):
            if namespace == "" and not isinstance(node, n.Function | n.View):
                continue
            own = PAGES_NAMESPACE if isinstance(node, n.View) else DEFAULT_NAMESPACE
            name = f"{namespace or own}.{node.name.name}"
            new = Declared(name, node, unit.source.context)
            old = symbols.by_name.get(name)
            if old is None or _only_signature(old):
                symbols.by_name[name] = new
            elif not (_only_signature(new) and isinstance(old.node, n.Function)):
                duplicates.append((old, new))
    return symbols, duplicates


def _declarations(items: tuple[n.Item, ...], namespace: str) -> Iterator[tuple[str, n.Decl]]:
    for item in items:
        if isinstance(item, n.Namespace):
            yield from _declarations(item.items, f"{namespace}.{item.name.name}".strip("."))
        elif isinstance(item, n.Function | n.Class | n.Enum | n.Let | n.Alias | n.View):
            yield namespace, item


def _only_signature(declared: Declared) -> bool:
    return isinstance(declared.node, n.Function) and declared.node.body is None


def _stored_value(member: n.EnumMember) -> str | int:
    if isinstance(member.value, n.Number) and member.value.is_long:
        return int(member.value.text)
    return member.value.value if isinstance(member.value, n.Text) else member.name.name


def _properties(node: n.Class) -> list[n.Property]:
    return [member for member in node.members if isinstance(member, n.Property)]


def _key(entry: n.Entry) -> str:
    return entry.key.name if isinstance(entry.key, n.Ident) else ""


def _argument(prop: n.Property, name: str) -> n.Expr | None:
    """The value of one key of `@Property({ … })`."""
    for decorator in prop.decorators:
        if decorator.name.name == "Property" and decorator.argument is not None:
            for entry in decorator.argument.entries:
                if _key(entry) == name:
                    return entry.value
    return None


def _flag(prop: n.Property, name: str) -> bool:
    value = _argument(prop, name)
    return isinstance(value, n.Bool) and value.value


def _broken(function: n.Function) -> bool:
    """Is there a part that could not be read? Its `return` may be in it."""
    return any(isinstance(node, n.Hole) for node in function.walk())

"""What names and dotted paths stand for."""

from abc import abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import catalogue
from naslforge.lang.check.exprs import Expressions
from naslforge.lang.check.suggest import Advice, Words, dotted, listed, near_name, replace, say
from naslforge.lang.scope import EnumItem, GlobalVariable, Local, Row, TableRef, is_entity, nearest
from naslforge.lang.source import Span
from naslforge.lang.spelling import meant
from naslforge.lang.types import (
    ANY,
    LONG,
    NULL,
    TEXTS,
    UNKNOWN,
    Entity,
    ListOf,
    MapOf,
    Structure,
    Table,
    Type,
    TypeVar,
    Union,
    Unknown,
    show,
)

ELEMENT_ROOTS = ("$refs", "elements")
ROOTS = ("app", "nasl", "extensions", "connector", "apis", "sharedApp")
_SIZES = {"size", "count", "length", "len"}


class Names(Expressions):
    """Resolves names, paths and properties."""

    def name(self, e: n.Name) -> Type:
        found = self.scope.find(e.name)
        if isinstance(found, Row):
            self.refs[e] = found
            self.over_rows.add(e)
            return Entity(found.entity)
        if isinstance(found, Local):
            self.refs[e] = found
            self.used.add(found.declared)
            return self.local_type(found)
        declared = self.symbols.by_name.get(f"{self.namespace}.{e.name}")
        if declared is not None and isinstance(declared.node, n.Let):
            return self._global(e, declared.name, declared.node)
        return self.name_of_page(e) or self._unknown_name(e)

    def local_type(self, local: Local) -> Type:
        """The type of a local name; that of an untyped variable is what was found so far."""
        open_ = self.open_types(local.declared)
        return open_[local.declared] or UNKNOWN if open_ is not None else local.type  # type: ignore[index]

    def open_types(self, declared: n.Node) -> dict[n.Let, Type | None] | None:
        """Where the type of a variable that was written without one is kept; None for all others."""
        for place in (self.logic, self.page):
            if place is not None and isinstance(declared, n.Let) and declared in place.untyped:
                return place.untyped
        return None

    def _global(self, e: n.Name | n.Member, name: str, let: n.Let) -> Type:
        self.refs[e] = GlobalVariable(name, let)
        self.used.add(let)
        return self.names.get(let, UNKNOWN) if self.check_side_of_variable(e, name) else UNKNOWN

    def _unknown_name(self, e: n.Name) -> Type:
        advice = self.foreign_name(e.name, e.span)
        if advice is not None:
            self.report(rules.FOREIGN_GLOBAL, e.span, name=e.name, fixes=advice.fixes, **advice.facts)
            return UNKNOWN
        full = [name for name in self.full_names(e.name) if not isinstance(self.symbols.by_name[name].node, n.Function)]
        if e.name in ROOTS or self.symbols.by_name.get(f"{self.namespace}.{e.name}"):
            self._not_a_value(e, e.name)
        elif len(full) == 1:
            self.report(rules.MISSING_PREFIX, e.span, full=full[0], fixes=[replace(e.span, full[0], safe=True)])
            declared = self.symbols.by_name[full[0]].node
            return self.names.get(declared, UNKNOWN) if isinstance(declared, n.Let) else UNKNOWN
        else:
            return self._misspelt(e)
        return UNKNOWN

    def _misspelt(self, e: n.Name) -> Type:
        """Nothing has this name; where only one can be meant, go on with that."""
        known = list(self.scope.all())
        column = self._column(e)
        if column is not None:
            return column
        near = near_name(e.name, known, e.span)
        self.report(rules.UNKNOWN_NAME, e.span, name=e.name, fixes=near.fixes, **near.near)
        found = self.scope.find(meant(e.name, known) or "")
        if isinstance(found, Row):
            self.over_rows.add(e)
            return Entity(found.entity)
        if isinstance(found, Local):
            self.used.add(found.declared)
            return self.local_type(found)
        return UNKNOWN

    def _column(self, e: n.Name) -> Type | None:
        """`status` for `Order.status`: in a query, the column of the one row that has it."""
        if self.over is None:
            return None
        rows = [row for row in self.scope.all().values() if isinstance(row, Row)]
        having = [row for row in rows if e.name in dict(self.fields.get(row.entity, ()))]
        if len(having) != 1:
            return None
        text = f"{having[0].name}.{e.name}"
        words = say(text, replace(e.span, text, safe=True))
        self.report(rules.UNKNOWN_NAME, e.span, name=e.name, fixes=words.fixes, **words.near)
        self.over_rows.add(e)
        return dict(self.fields[having[0].entity])[e.name]

    def _not_a_value(self, e: n.Expr, name: str) -> None:
        declared = self.symbols.by_name.get(name) or self.symbols.by_name.get(f"{self.namespace}.{name}")
        advice = Advice()
        match declared.node if declared else None:
            case n.Function():
                what = ("a logic", "逻辑")
                advice = say(f"{name}(…)")
            case n.Class():
                what = ("a type", "类型")
                advice = say(f"new {declared.name if declared else name}({{ … }})")
            case n.Enum():
                what = ("an enum", "枚举")
                advice = Advice("; write one of its members", "，应写它的一个成员")
            case _:
                what = ("a namespace", "命名空间")
        self.report(rules.NOT_A_VALUE, e.span, name=name, what=what[0], what_zh=what[1], **advice.facts)

    # --- members

    def member(self, e: n.Member) -> Type:
        path = dotted(e)
        if path is not None:
            root = path.partition(".")[0]
            if root in ELEMENT_ROOTS and self.scope.find(root) is None:
                return self.member_of_elements(e, path)
            if self.scope.find(root) is None and not self._is_sibling_value(root):
                return self._path(e, path)
        return self.property(e, self.value(e.object))

    def _is_sibling_value(self, name: str) -> bool:
        declared = self.symbols.by_name.get(f"{self.namespace}.{name}")
        return declared is not None and isinstance(declared.node, n.Let)

    def _path(self, e: n.Member, path: str) -> Type:
        """A dotted path from a namespace: a variable, a member of an enum, a table, or a property behind one."""
        declared = self.symbols.by_name.get(path)
        if declared is not None and isinstance(declared.node, n.Let):
            return self._global(e, path, declared.node)
        owner, _, last = path.rpartition(".")
        if owner in self.enums:
            return self._enum_member(e, owner, last)
        entity = self.table_entity(path)
        if entity is not None:
            self.refs[e] = TableRef(entity)
            return Table(entity)
        if self._starts_at_value(owner):
            return self.property(e, self.value(e.object))
        if path == "nasl.auth.userInfo":
            self.check_side_of_variable(e, path)
            return Structure("nasl.auth.LCAPCurrentUserInfo")
        return self._unknown_path(e, path)

    def table_entity(self, path: str) -> str | None:
        """The entity whose table object has this path."""
        name = path.removesuffix("Entity")
        declared = self.symbols.by_name.get(name)
        known = name != path and declared is not None and is_entity(declared)
        return name if known and path not in self.symbols.by_name else None

    def _starts_at_value(self, path: str) -> bool:
        parts = path.split(".")
        prefixes = (".".join(parts[:i]) for i in range(1, len(parts) + 1))
        return any(
            p == "nasl.auth.userInfo" or isinstance(getattr(self.symbols.by_name.get(p), "node", None), n.Let)
            for p in prefixes
        )

    def _enum_member(self, e: n.Member, enum: str, name: str) -> Type:
        members = self.enums[enum]
        for member, value, _ in members:
            if member == name:
                self.refs[e] = EnumItem(enum, member, value)
                return self.enum_type(enum)
        by_value = next((m for m, value, label in members if name in (value, label)), None)
        advice = near_name(name, [m for m, _, _ in members], e.name.span)
        if by_value:
            advice = Advice(
                f"; write `{by_value}`", f"，应写 `{by_value}`", [replace(e.name.span, by_value, safe=True)]
            )
        facts: Words = {"enum": enum, "name": name, "known": listed(m for m, _, _ in members)}
        self.report(rules.UNKNOWN_ENUM_MEMBER, e.name.span, fixes=advice.fixes, **facts, **advice.near)
        return self.enum_type(enum)

    def member_in_brackets(self, e: n.Index) -> Type | None:
        """`app.enums.OrderStatus['open']` is a member of the enum."""
        enum = dotted(e.object)
        if enum not in self.enums or enum is None or not isinstance(e.index, n.Text):
            return None
        found = next((m for m, value, _ in self.enums[enum] if e.index.value in (m, value)), None)
        if found is None:
            return None
        text = f"{enum}.{found}"
        self.report(rules.INDEX_HABIT, e.span, instead=text, fixes=[replace(e.span, text, safe=True)])
        return self.enum_type(enum)

    def _unknown_path(self, e: n.Member, path: str) -> Type:
        if path in self.symbols.by_name or any(name.startswith(path + ".") for name in self.symbols.by_name):
            self._not_a_value(e, path)
            return UNKNOWN
        if path in catalogue():
            self.report(
                rules.NOT_A_VALUE, e.span, name=path, what="a function", what_zh="函数", **say(path + "(…)").facts
            )
            return UNKNOWN
        head = path.partition(".")[0]
        if head not in ROOTS:
            return self._short_path(e, path, head)
        advice = self.near_path(e, path)
        self.report(rules.UNKNOWN_PATH, e.span, name=path, fixes=advice.fixes, **advice.near)
        return UNKNOWN

    def near_path(self, e: n.Expr, path: str) -> Advice:
        """The declared path most like this one: the same last name elsewhere, or a name nearby."""
        last = path.rpartition(".")[2]
        names = [*self.symbols.by_name, *(f"{d.name}Entity" for d in self.symbols.entities())]
        names += [f"{enum}.{member}" for enum, members in self.enums.items() for member, _, _ in members]
        elsewhere = [name for name in names if name.rpartition(".")[2] == last]
        sure = elsewhere[0] if len(elsewhere) == 1 else meant(path, names)
        found = sure or (nearest(path, elsewhere, 0.0) if elsewhere else nearest(path, names, 0.75))
        if found is None:
            return Advice()
        fixes = [replace(e.span, found, safe=sure is not None)]
        return Advice(f"; did you mean `{found}`?", f"，是不是 `{found}`？", fixes)

    def _short_path(self, e: n.Member, path: str, head: str) -> Type:
        """`OrderStatus.open` without its namespace, or a path that starts at an unknown name."""
        enums = [name for name in self.full_names(head) if name in self.enums]
        if len(enums) == 1 and isinstance(e.object, n.Name):
            fixes = [replace(e.object.span, enums[0], safe=True)]
            self.report(rules.MISSING_PREFIX, e.object.span, full=enums[0], fixes=fixes)
            return self._enum_member(e, enums[0], e.name.name)
        return self.property(e, self.value(e.object))

    # --- properties of values

    def property(self, e: n.Member, owner: Type) -> Type:
        """The type of `owner.name`; reads through null are fine."""
        name = e.name.name
        if isinstance(owner, Unknown):
            return UNKNOWN
        if owner is ANY or owner is NULL:
            return ANY
        if not isinstance(owner, Union):
            for field, type_ in self.fields_of(owner) or ():
                if field == name:
                    return type_
        if name == "length" and (isinstance(owner, ListOf | MapOf) or owner in TEXTS):
            return LONG
        fields = self._all_fields(owner)
        if fields is None:
            self._no_properties(e, owner)
            return UNKNOWN
        if name in fields:
            return fields[name]
        if fields:
            self.report_unknown_field(rules.UNKNOWN_PROPERTY, e.name, owner, list(fields))
        return fields.get(meant(name, fields) or "", UNKNOWN)

    def _all_fields(self, owner: Type) -> dict[str, Type] | None:
        """The properties of a value; of a union, those that all members have."""
        if isinstance(owner, Union):
            parts = [dict(self.fields_of(m) or ()) for m in owner.members]
            return {name: t for name, t in parts[0].items() if all(name in p for p in parts[1:])}
        fields = self.fields_of(owner)
        return None if fields is None else dict(fields)

    def _no_properties(self, e: n.Member, owner: Type) -> None:
        name = e.name.name
        advice = Advice()
        if isinstance(owner, ListOf):
            advice = self._list_property(e, owner)
        elif name.lower() in _SIZES and (isinstance(owner, MapOf) or owner in TEXTS):
            advice = say(f"{e.object.span.text}.length", replace(e.name.span, "length", safe=True))
        elif isinstance(owner, MapOf):
            advice = say(f"nasl.util.MapGet({e.object.span.text}, '{name}')")
        elif isinstance(owner, Table):
            advice = Advice("; a table has only logics such as `get(id)`", "；表对象只有 `get(id)` 等逻辑")
        elif isinstance(owner, TypeVar):
            advice = Advice("; it is a type parameter", "；它是类型参数")
        elif name == "value" and "enums" in show(owner):
            advice = say(f"nasl.util.EnumItemToStructure({e.object.span.text}).value")
        facts: Words = {"type": f"`{show(owner)}`", "name": name}
        self.report(rules.PRIMITIVE_PROPERTY, e.name.span, fixes=advice.fixes, **facts, **advice.facts)

    def _list_property(self, e: n.Member, owner: ListOf) -> Advice:
        if e.name.name.lower() in _SIZES:
            return say(f"{e.object.span.text}.length", replace(e.name.span, "length", safe=True))
        if e.name.name in dict(self.fields_of(owner.item) or ()):
            text = f"nasl.util.ListTransform({e.object.span.text}, (item) => item.{e.name.name})"
            en = f"; of the first item: `nasl.util.ListHead(…).{e.name.name}`, of all: `{text}`"
            zh = f"；取第一项的用 `nasl.util.ListHead(…).{e.name.name}`，取各项的用 `{text}`"
            return Advice(en, zh)
        if e.name.name == "list":
            return Advice("; it is a list already", "；它本身就是列表")
        return Advice()

    @abstractmethod
    def check_side_of_variable(self, e: n.Name | n.Member, name: str) -> bool: ...

    @abstractmethod
    def name_of_page(self, e: n.Name) -> Type | None: ...

    @abstractmethod
    def member_of_elements(self, e: n.Member, path: str) -> Type: ...

    @abstractmethod
    def foreign_name(self, name: str, span: Span) -> Advice | None: ...

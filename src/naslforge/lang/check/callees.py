"""What a call goes to: a library function, a logic, an entity logic, or nothing that exists."""

import dataclasses
from abc import abstractmethod

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import Builtin, Overload, Parameter, catalogue
from naslforge.lang.check.calls import Arguments, Target
from naslforge.lang.check.names import ELEMENT_ROOTS
from naslforge.lang.check.suggest import Advice, Words, dotted, near_name, replace
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.scope import Declared, ExternalCall, LibraryCall, LogicCall, PageLogicCall, is_entity, nearest
from naslforge.lang.source import Span
from naslforge.lang.spelling import meant
from naslforge.lang.types import (
    ANY,
    LONG,
    NULL,
    STRING,
    TEXTS,
    UNKNOWN,
    Anonymous,
    Entity,
    EnumType,
    ListOf,
    MapOf,
    Structure,
    Type,
    TypeVar,
    Unknown,
    show,
)

_OF_ENUM = {"EnumToList", "EnumItemToText", "EnumItemToStructure", "ToEnumItem"}


class Callees(Arguments):
    """Types calls of library functions and logics; entity logics and query functions follow in queries.py."""

    def call(self, e: n.Call, expected: Type | None) -> Type:
        path = dotted(e.callee)
        if path is None:
            return self._on_value(e)
        root = path.partition(".")[0]
        local = self.scope.find(root)
        if local is None and (root in ELEMENT_ROOTS or root == "$sync"):
            return self.call_on_page(e, path, expected)
        if local is not None or (isinstance(e.callee, n.Member) and self._is_sibling_value(root)):
            return self._on_value(e)
        declared = self._logic(path)
        if declared is not None:
            return self._logic_call(e, declared, expected)
        builtin = catalogue().get(path)
        if builtin is not None and builtin.kind != "entity":
            return self._library(e, builtin, expected)
        if isinstance(e.callee, n.Member):
            entity = self.table_entity(path.rpartition(".")[0])
            if entity is not None:
                return self.entity_call(e, entity, expected)
            typed = self.symbols.by_name.get(path.rpartition(".")[0])
            if typed is not None and is_entity(typed):
                return self._call_of_type(e, e.callee, typed, expected)
            if self._starts_at_value(path.rpartition(".")[0]):
                return self._on_value(e)
        return self.unknown_callee(e, path, expected)

    def _logic(self, path: str) -> Declared | None:
        by_name = self.symbols.by_name
        declared = self.logic_of_page(path) or by_name.get(path) or by_name.get(f"{self.namespace}.{path}")
        return declared if declared is not None and isinstance(declared.node, n.Function) else None

    def _call_of_type(self, e: n.Call, callee: n.Member, entity: Declared, expected: Type | None) -> Type:
        """`app….Order.get(id)`: the logics belong to the table, not to the type."""
        table = f"{entity.name}Entity"
        fixes = [replace(callee.object.span, table, safe=True)]
        self.report(rules.TABLE_SUFFIX, callee.object.span, name=entity.name, table=table, fixes=fixes)
        if f"entity.{callee.name.name}" not in catalogue() or not isinstance(callee.object, n.Member):
            self.loose(e)
            return UNKNOWN
        name = callee.object.name
        owner = dataclasses.replace(callee.object, name=n.Ident(name.span, f"{name.name}Entity"))
        call = dataclasses.replace(e, callee=dataclasses.replace(callee, object=owner))
        return self.entity_call(call, entity.name, expected)

    def _on_value(self, e: n.Call) -> Type:
        """`value.method(…)`: values have no methods."""
        if isinstance(e.callee, n.Member):
            owner = self.value(e.callee.object)
            return self.foreign_method(e, e.callee, owner)
        owner = self.value(e.callee)
        self.loose(e)
        if isinstance(owner, Unknown):  # what it is was not understood, and that was told
            return UNKNOWN
        self.report(rules.NOT_CALLABLE, e.callee.span, name=e.callee.span.text, advice="", advice_zh="")
        return UNKNOWN

    # --- logics

    def _logic_call(self, e: n.Call, declared: Declared, expected: Type | None) -> Type:
        function = declared.node
        assert isinstance(function, n.Function)
        self.used.add(function)
        if function in self.around:
            self.calls[e] = PageLogicCall(declared.name.rpartition(".")[0], function.name.name, function)
        else:
            kind = LogicCall if function.body is not None else ExternalCall
            self.calls[e] = kind(declared.name, function)
        self.check_side(e, declared.name)
        if self.over is not None and any(isinstance(x, n.Name) and x in self.over_rows for x in e.walk()):
            self.report(rules.ROW_OUTSIDE, e.span, what=f"`{declared.name}`")
        result = self.result_of(declared)
        overload = self.signature_of(declared, result)
        chosen = self.apply(e, Target(declared.name, (overload,)), expected)
        return self._checked_over_rows(e, declared.name, chosen.result if chosen else UNKNOWN)

    def signature_of(self, declared: Declared, result: Type) -> Overload:
        """The parameters of a logic as a signature."""
        function = declared.node
        assert isinstance(function, n.Function)
        params = tuple(
            Parameter(p.name.name, self.names.get(p, UNKNOWN), optional=p.default is not None) for p in function.params
        )
        if function.doc is not None and function.doc.tag("connection") is not None:
            params = (Parameter("connection", STRING), *params)  # which connection of the connector
        variables = tuple(TypeVar(p.name.name) for p in function.type_params)
        shown = ", ".join(f"{p.name}{'?' if p.optional else ''}: {show(p.type)}" for p in params)
        generic = f"<{', '.join(v.name for v in variables)}>" if variables else ""
        return Overload(variables, params, result, f"{generic}({shown}): {show(result)}")

    # --- the library

    def _library(self, e: n.Call, builtin: Builtin, expected: Type | None) -> Type:
        if builtin.kind == "syntax":
            self.report(rules.SYNTAX_ONLY, e.span, name=builtin.name)
            self.loose(e)
            return UNKNOWN
        self.check_side(e, builtin.full_name)
        if builtin.kind == "query":
            return self.query_function(e, builtin, expected)
        if builtin.name in ("New", "NewMap", "NewEntity", "NewStructure", "NewAnonymousStructure"):
            made = self._constructor(e, builtin, expected)
            if made is not None:
                return made
        instead = self.foreign_receiver(e, builtin.full_name)
        if instead is not None:
            return instead
        target = Target(builtin.full_name, builtin.overloads)
        chosen = self.apply(e, target, expected)
        if chosen is None:
            return UNKNOWN
        self.calls[e] = LibraryCall(builtin, chosen.overload, chosen.type_args)
        result = chosen.result
        if builtin.name in _OF_ENUM:
            result = self._of_enum(e, builtin, chosen.type_args, result)
        return self._checked_over_rows(e, builtin.full_name, result)

    def _of_enum(self, e: n.Call, builtin: Builtin, type_args: tuple[Type, ...], result: Type) -> Type:
        """The type argument of enum functions is an enum; a Long-valued one gives Long values."""
        enum = type_args[0] if type_args else UNKNOWN
        if isinstance(enum, EnumType):
            return _long_values(result) if enum.of == "Long" else result
        if not isinstance(enum, Unknown | TypeVar) and enum != ANY:
            facts: Words = {"given": show(enum), "name": builtin.full_name, "known": "`app.enums.…`"}
            self.report(rules.TYPE_ARGUMENT_BOUND, e.span, **facts)
        return result

    def _constructor(self, e: n.Call, builtin: Builtin, expected: Type | None) -> Type | None:
        """`New<T>()`, `NewMap<K, V>({ … })`, `NewStructure<S>({ … })` …; None for a wrong number of arguments."""
        if len(e.args) != len(builtin.overloads[0].params):
            return None
        written = tuple(map(self.annotation, e.type_args))
        if builtin.name == "NewMap":
            made = self._new_map(e, written, expected)
        else:
            made = self._made(e, builtin, written, expected)
        args = (made.key, made.value) if isinstance(made, MapOf) and builtin.name == "NewMap" else (made,)
        self.calls[e] = LibraryCall(builtin, 0, args)
        if builtin.name not in ("New", "NewMap"):
            self._fill_argument(e.args[0], made)
        elif builtin.name == "New":
            self._instantiable(e, made)
        return made

    def _made(self, e: n.Call, builtin: Builtin, written: tuple[Type, ...], expected: Type | None) -> Type:
        if written:
            return written[0]
        if builtin.name != "NewAnonymousStructure":
            return self._untyped_constructor(e, builtin, expected)
        return self.value(e.args[0]) if expected is None else expected

    def _untyped_constructor(self, e: n.Call, builtin: Builtin, made: Type | None) -> Type:
        known = made is not None and not isinstance(made, Unknown) and made != ANY
        written = f"<{show(made)}>" if known and made is not None else "<T>"
        fixes = [Fix(f"write `{written}`", (Edit(e.callee.span.at_end(), written),), "safe")] if known else []
        example = f"{builtin.full_name}{written}({', '.join(a.span.text for a in e.args)})"
        self.report(rules.MISSING_TYPE_ARGUMENT, e.callee.span, name=builtin.full_name, example=example, fixes=fixes)
        return made if made is not None else UNKNOWN

    def _fill_argument(self, arg: n.Expr, made: Type) -> None:
        if isinstance(arg, n.ObjectLiteral) and self.fields_of(made) is not None:
            self.fill(arg, made)
        elif arg not in self.types:
            self.want(arg, made)

    def _instantiable(self, e: n.Call, made: Type) -> None:
        if not isinstance(made, ListOf | MapOf | Structure | Entity | Anonymous | Unknown | TypeVar):
            facts: Words = {"given": show(made), "name": "nasl.util.New"}
            self.report(rules.TYPE_ARGUMENT_BOUND, e.span, known="List, Map, `app.structures.…`", **facts)

    def _new_map(self, e: n.Call, written: tuple[Type, ...], expected: Type | None) -> Type:
        object_ = e.args[0]
        wanted = MapOf(*written) if len(written) == 2 else expected if isinstance(expected, MapOf) else None
        if e.type_args and len(written) != 2:
            self.report(rules.TYPE_ARGUMENTS, e.callee.span, name="nasl.util.NewMap", wanted=2, given=len(written))
        if not isinstance(object_, n.ObjectLiteral):
            self.value(object_)
            self.report(rules.ARGUMENT_TYPE, object_.span, **_entries_wanted(object_))
            return wanted or MapOf(STRING, UNKNOWN)
        key: Type = wanted.key if wanted else NULL
        value: Type = wanted.value if wanted else NULL
        for entry in object_.entries:
            key = self._map_key(entry, key, bool(wanted))
            if wanted:
                self.want(entry.value, value, "a value of this map", "Map 的值")
            else:
                value = self.common(value, self.value(entry.value)) or UNKNOWN
        found = wanted or MapOf(STRING if key == NULL else key, UNKNOWN if value == NULL else value)
        self.types[object_] = found
        if wanted is None and not object_.entries:
            known = "nasl.util.NewMap<K, V>({})"
            self.report(rules.MISSING_TYPE_ARGUMENT, e.callee.span, name="nasl.util.NewMap", example=known)
        return found

    def _map_key(self, entry: n.Entry, key: Type, fixed: bool) -> Type:
        """The common type of keys so far; a plain name or text is a String."""
        if isinstance(entry.key, n.Ident):
            if fixed and key not in TEXTS and key != ANY and not isinstance(key, Unknown | TypeVar):
                facts: Words = {"place": "a key of this map", "place_zh": "Map 的键", "given": "`String`"}
                advice: Words = {"advice": "; write `[key]: value`", "advice_zh": "，应写 `[键]: 值`"}
                self.report(rules.TYPE_MISMATCH, entry.key.span, wanted=f"`{show(key)}`", **facts, **advice)
            return key if fixed else self.common(key, STRING) or UNKNOWN
        if fixed:
            self.want(entry.key, key, "a key of this map", "Map 的键")
            return key
        return self.common(key, self.value(entry.key)) or UNKNOWN

    def _checked_over_rows(self, e: n.Call, name: str, result: Type) -> Type:
        """In a query, library functions and logics work on program values only."""
        if self.over is not None and any(arg in self.over_rows for arg in e.args):
            self.report_over_rows(e, name)
        return result

    # --- nothing known

    def unknown_callee(self, e: n.Call, path: str, expected: Type | None) -> Type:
        """A call of something that is not declared: a habit, a missing prefix, a misspelling."""
        if self.over is not None and path != path.upper() and (function := catalogue().get(path.upper())) is not None:
            fixes = [replace(e.callee.span, path.upper(), safe=True)]
            self.report(rules.MISSING_PREFIX, e.callee.span, full=path.upper(), fixes=fixes)
            return self._library(e, function, expected)
        made = self._missing_new(e, path)
        if made is not None:
            return made
        found = self.foreign_call(e, path)
        if found is not None:
            return found
        full = self._meant(path)
        if full is not None:
            fixes = [replace(e.callee.span, full, safe=True)]
            self.report(rules.MISSING_PREFIX, e.callee.span, full=full, fixes=fixes)
            declared = self._logic(full)
            if declared is not None:
                return self._logic_call(e, declared, expected)
            return self._library(e, catalogue()[full], expected)
        namespace, _, name = path.rpartition(".")
        if namespace and (sure := self._misspelt_function(e, namespace, name)):
            return self._library(e, sure, expected)
        self.loose(e)
        if namespace and catalogue().names(namespace):
            self._unknown_function(e, namespace, name)
        elif isinstance(e.callee, n.Member) and path.partition(".")[0] in (
            "app",
            "nasl",
            "extensions",
            "apis",
            "connector",
        ):
            advice = self.near_path(e.callee, path)
            self.report(rules.UNKNOWN_PATH, e.callee.span, name=path, fixes=advice.fixes, **advice.near)
        elif isinstance(e.callee, n.Member):
            self.foreign_method(e, e.callee, self.value(e.callee.object))
        else:
            self._unknown_short(e, name)
        return UNKNOWN

    def _missing_new(self, e: n.Call, path: str) -> Type | None:
        """`app.structures.Line({ … })` without its `new`."""
        names = [path] if path in self.symbols.by_name else self.full_names(path, types_only=True)
        declared = self.symbols.by_name[names[0]] if len(names) == 1 else None
        if declared is None or not isinstance(declared.node, n.Class) or len(e.args) > 1:
            return None
        object_ = e.args[0] if e.args else n.ObjectLiteral(e.span.at_end(), ())
        if not isinstance(object_, n.ObjectLiteral):
            return None
        fix = Fix("write `new`", (Edit(e.callee.span, f"new {declared.name}"),), "safe")
        words: Words = {
            "advice": f"; write `new {declared.name}({{ … }})`",
            "advice_zh": f"，应写 `new {declared.name}({{ … }})`",
        }
        self.report(rules.NOT_CALLABLE, e.callee.span, name=path, fixes=[fix], **words)
        return self.expr(n.New(e.span, n.TypeName(e.callee.span, declared.name), object_))

    def _meant(self, path: str) -> str | None:
        """The full name of the one function with this last part, where the written prefix is wrong or missing."""
        last = path.rpartition(".")[2]
        head = path.partition(".")[0]
        if self.scope.find(head) is not None:
            return None
        exact = [name for name in catalogue().called(last) if name.rpartition(".")[2] == last]
        inexact = [] if exact or len(last) < 3 else catalogue().called(last)
        library = [f for f in exact or inexact if f.startswith("nasl.util.") or (f.startswith("nasl.") and "." in path)]
        util = [f for f in library if f.startswith("nasl.util.")] or library
        logics = [d.name for d in self.symbols.logics() if d.name.rpartition(".")[2] == last]
        if path.startswith("app.") and logics:
            return logics[0] if len(logics) == 1 else None
        if "." in path and head not in ("nasl", "util", "app", "_", "utils", "lodash") and path.count(".") > 0:
            return util[0] if len(util) == 1 and head in ("list", "map", "string", "date", "List", "Map") else None
        found = util or logics
        return found[0] if len(found) == 1 else None

    def _misspelt_function(self, e: n.Call, namespace: str, name: str) -> Builtin | None:
        """The function of this namespace that alone can be meant, with the report of the slip."""
        sure = meant(name, (full.rpartition(".")[2] for full in catalogue().names(namespace)))
        if sure is None or not isinstance(e.callee, n.Member):
            return None
        advice = Advice(f"; did you mean `{namespace}.{sure}`?", f"，是不是 `{namespace}.{sure}`？")
        fixes = [replace(e.callee.name.span, sure, safe=True)]
        self.report(rules.UNKNOWN_FUNCTION, e.callee.span, namespace=namespace, name=name, fixes=fixes, **advice.near)
        return catalogue()[f"{namespace}.{sure}"]

    def _unknown_function(self, e: n.Call, namespace: str, name: str) -> None:
        names = [full.rpartition(".")[2] for full in catalogue().names(namespace)]
        assert isinstance(e.callee, n.Member)
        advice = self.near_function(name, e.callee.span)
        if advice is None:
            advice = near_name(name, names, e.callee.name.span)
        self.report(
            rules.UNKNOWN_FUNCTION, e.callee.span, namespace=namespace, name=name, fixes=advice.fixes, **advice.near
        )

    def _unknown_short(self, e: n.Call, name: str) -> None:
        siblings = {d.name.rpartition(".")[2]: d.name for d in self.symbols.logics()}
        library = {full.rpartition(".")[2]: full for full in catalogue().names("nasl.util")}
        known = {**library, **{full: full for full in catalogue().names("")}, **siblings}
        found = nearest(name, known, 0.7)
        advice = Advice()
        if found is not None:
            fixes = [replace(e.callee.span, known[found])]
            advice = Advice(f"; did you mean `{known[found]}`?", f"，是不是 `{known[found]}`？", fixes)
        self.report(rules.UNKNOWN_NAME, e.callee.span, name=name, fixes=advice.fixes, **advice.near)

    # --- in the files below

    @abstractmethod
    def logic_of_page(self, path: str) -> Declared | None: ...

    @abstractmethod
    def call_on_page(self, e: n.Call, path: str, expected: Type | None) -> Type: ...

    @abstractmethod
    def check_side(self, e: n.Call, name: str) -> None: ...

    @abstractmethod
    def result_of(self, declared: Declared) -> Type: ...

    @abstractmethod
    def entity_call(self, e: n.Call, entity: str, expected: Type | None) -> Type: ...

    @abstractmethod
    def query_function(self, e: n.Call, builtin: Builtin, expected: Type | None) -> Type: ...

    @abstractmethod
    def report_over_rows(self, e: n.Call, name: str) -> None: ...

    @abstractmethod
    def foreign_method(self, e: n.Call, callee: n.Member, owner: Type) -> Type: ...

    @abstractmethod
    def foreign_call(self, e: n.Call, path: str) -> Type | None: ...

    @abstractmethod
    def foreign_receiver(self, e: n.Call, name: str) -> Type | None: ...

    @abstractmethod
    def near_function(self, name: str, span: Span) -> Advice | None: ...

    @abstractmethod
    def in_page(self) -> bool: ...


def _entries_wanted(e: n.Expr) -> Words:
    signature = "NewMap<K, V>({ key: value, [expression]: value }): Map<K, V>"
    facts: Words = {"param": "entries", "name": "nasl.util.NewMap", "wanted": "`{ key: value }`", "given": e.span.text}
    return {**facts, "signature": signature, "advice": "", "advice_zh": ""}


def _long_values(type_: Type) -> Type:
    """`{ text, value, item }` of a Long-valued enum."""
    if isinstance(type_, ListOf):
        return ListOf(_long_values(type_.item))
    if isinstance(type_, Anonymous):
        return Anonymous(tuple((name, LONG if name == "value" else t) for name, t in type_.fields))
    return type_

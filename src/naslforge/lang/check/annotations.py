"""Names to types: what a written type means."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.facts import BUILTIN_STRUCTURES, Facts
from naslforge.lang.check.suggest import Advice, Words, near_name, replace
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.scope import Declared, is_entity
from naslforge.lang.source import Span
from naslforge.lang.spelling import meant
from naslforge.lang.types import (
    ALIASES,
    ANY,
    BOOLEAN,
    DECIMAL,
    LONG,
    PRIMITIVES,
    STRING,
    TEXTS,
    UNKNOWN,
    Anonymous,
    Entity,
    EnumType,
    FunctionType,
    ListOf,
    MapOf,
    Structure,
    Type,
    TypeVar,
    Union,
    Unknown,
    show,
)

# Types of other languages: what to write instead, and whether that is surely what was meant.
FOREIGN = {
    "number": ("Decimal", False),
    "bigint": ("Long", True),
    "int": ("Long", True),
    "long": ("Long", True),
    "integer": ("Long", True),
    "Int": ("Long", True),
    "Int32": ("Long", True),
    "Int64": ("Long", True),
    "BigInt": ("Long", True),
    "float": ("Decimal", True),
    "double": ("Decimal", True),
    "Float": ("Decimal", True),
    "BigDecimal": ("Decimal", True),
    "decimal": ("Decimal", True),
    "Number": ("Decimal", False),
    "boolean": ("Boolean", True),
    "bool": ("Boolean", True),
    "Bool": ("Boolean", True),
    "str": ("String", True),
    "Str": ("String", True),
    "varchar": ("String", True),
    "VARCHAR": ("String", True),
    "nvarchar": ("String", True),
    "STRING": ("String", True),
    "int32": ("Long", True),
    "int64": ("Long", True),
    "INT": ("Long", True),
    "BIGINT": ("Long", True),
    "Short": ("Long", True),
    "short": ("Long", True),
    "DateTimeOffset": ("DateTime", True),
    "timestamp": ("DateTime", True),
    "Instant": ("DateTime", True),
    "LocalTime": ("Time", True),
    "Collection": ("List", False),
    "IEnumerable": ("List", True),
    "Iterable": ("List", True),
    "Sequence": ("List", True),
    "vector": ("List", True),
    "LinkedList": ("List", True),
    "Dictionary": ("Map", True),
    "TreeMap": ("Map", True),
    "text": ("String", True),
    "char": ("String", True),
    "Char": ("String", True),
    "any": ("Any", True),
    "unknown": ("Any", True),
    "object": ("Any", False),
    "Object": ("Any", False),
    "date": ("Date", True),
    "time": ("Time", True),
    "datetime": ("DateTime", True),
    "Datetime": ("DateTime", True),
    "LocalDate": ("Date", True),
    "LocalDateTime": ("DateTime", True),
    "Timestamp": ("DateTime", True),
    "list": ("List", True),
    "map": ("Map", True),
    "Array": ("List", True),
    "ReadonlyArray": ("List", True),
    "ArrayList": ("List", True),
    "Set": ("List", False),
    "Record": ("Map", True),
    "Dict": ("Map", True),
    "dict": ("Map", True),
    "HashMap": ("Map", True),
    "RegExp": ("nasl.util.Regex", True),
    "Regex": ("nasl.util.Regex", True),
}
_NUMBER_WORDS = {"number", "Number"}
_PREFIXES = ("nasl.core.", "nasl.collection.")

_INSTALLED = ("extensions.", "connector.", "apis.")


class Annotations(Facts):
    """Resolves written types."""

    def annotation(self, t: n.TypeExpr) -> Type:
        """The type that is written here; Unknown where it was reported."""
        match t:
            case n.TypeName():
                return self._named(t)
            case n.TypeRecord(_, fields):
                return Anonymous(tuple((f.name.name, self.annotation(f.type)) for f in fields))
            case n.TypeUnion(_, members):
                return Union(tuple(self.annotation(m) for m in members))
            case n.TypeFunction(_, params, result):
                inner = tuple(self.annotation(p.type) if p.type else ANY for p in params)
                return FunctionType(inner, self.annotation(result))
            case n.Hole():
                return UNKNOWN

    def value_annotation(self, t: n.TypeExpr) -> Type:
        """The type of a variable, property or parameter: anything but a function."""
        type_ = self.annotation(t)
        if isinstance(type_, FunctionType):
            self.report(rules.FUNCTION_VALUE, t.span)
            return UNKNOWN
        return type_

    def _named(self, t: n.TypeName) -> Type:
        name = t.name
        for prefix in _PREFIXES:
            if name.startswith(prefix) and name != "nasl.collection.PageOf":
                name = name.removeprefix(prefix)
        if name in ("List", "Map"):
            return self._collection(t, name)
        if name in self.vars:
            return self.vars[name]
        plain = PRIMITIVES.get(name) or ALIASES.get(name)
        if plain is not None:
            self._arity(t, 0)
            return plain
        if name in BUILTIN_STRUCTURES:
            return Structure(name, tuple(map(self.annotation, t.args)))
        declared = self.symbols.by_name.get(name) or self.symbols.by_name.get(f"{self.namespace}.{name}")
        return self._declared(t, declared) if declared else self._unknown(t)

    def _collection(self, t: n.TypeName, name: str) -> Type:
        if not self._arity(t, 1 if name == "List" else 2):
            return UNKNOWN
        args = tuple(map(self.value_annotation, t.args))
        if name == "List":
            return ListOf(args[0])
        if not isinstance(args[0], TypeVar | Unknown) and args[0] not in (BOOLEAN, LONG, DECIMAL, *TEXTS, ANY):
            self.report(rules.MAP_KEY_TYPE, t.args[0].span, given=show(args[0]))
        return MapOf(args[0], args[1])

    def _arity(self, t: n.TypeName, wanted: int) -> bool:
        if len(t.args) != wanted:
            fixes = _with_arity(t, wanted)
            self.report(rules.TYPE_ARGUMENTS, t.span, fixes=fixes, name=t.name, wanted=wanted, given=len(t.args))
        return len(t.args) == wanted

    def _declared(self, t: n.TypeName, declared: Declared) -> Type:
        match declared.node:
            case n.Class(type_params=params):
                if is_entity(declared):
                    self._arity(t, 0)
                    return Entity(declared.name)
                args = tuple(map(self.value_annotation, t.args))
                return Structure(declared.name, args) if self._arity(t, len(params)) else UNKNOWN
            case n.Enum():
                self._arity(t, 0)
                return self.enum_type(declared.name)
            case n.Alias():
                return self._alias(t, declared.node)
            case _:
                what = ("a logic", "逻辑") if isinstance(declared.node, n.Function) else ("a variable", "变量")
                self.report(rules.UNKNOWN_TYPE, t.span, name=t.name, near=f" ({what[0]})", near_zh=f"（{what[1]}）")
                return UNKNOWN

    def _alias(self, t: n.TypeName, alias: n.Alias) -> Type:
        if alias in self.circular:
            return UNKNOWN
        if alias in self.aliases:
            self.circular.update(self.aliases[self.aliases.index(alias) :])  # a ring is told once, where it closes
            self.report(rules.CIRCULAR_ALIAS, t.span, name=t.name)
            return UNKNOWN
        self.aliases.append(alias)
        type_ = self.annotation(alias.type)
        self.aliases.pop()
        return type_

    def enum_type(self, name: str) -> EnumType:
        """The type of an enum, by full name."""
        members = self.enums.get(name, ())
        return EnumType(name, "Long" if members and all(isinstance(v, int) for _, v, _ in members) else "String")

    def _unknown(self, t: n.TypeName) -> Type:
        if t.name in FOREIGN:
            return self._foreign(t)
        for arg in t.args:
            self.annotation(arg)
        if self.namespace.startswith(_INSTALLED) and t.name.startswith("nasl."):
            return UNKNOWN  # what is installed may use types of the platform that no program can name
        full = self.full_names(t.name, types_only=True)
        name_span = _name_span(t)
        if len(full) == 1 and "." not in t.name:
            self.report(rules.MISSING_PREFIX, t.span, full=full[0], fixes=[replace(name_span, full[0], safe=True)])
            return self._declared(t, self.symbols.by_name[full[0]])
        table = self.symbols.by_name.get(t.name.removesuffix("Entity"))
        if table is not None and is_entity(table):
            near: Words = {"near": f"; write `{table.name}`", "near_zh": f"，应写 `{table.name}`"}
            self.report(
                rules.UNKNOWN_TYPE, t.span, name=t.name, fixes=[replace(name_span, table.name, safe=True)], **near
            )
            return Entity(table.name)
        elsewhere = self.full_names(t.name.rpartition(".")[2], types_only=True) if "." in t.name else []
        if len(elsewhere) == 1:
            near = {"near": f"; did you mean `{elsewhere[0]}`?", "near_zh": f"，是不是 `{elsewhere[0]}`？"}
            fixes = [replace(name_span, elsewhere[0], safe=True)]
            self.report(rules.UNKNOWN_TYPE, t.span, name=t.name, fixes=fixes, **near)
            return self._declared(t, self.symbols.by_name[elsewhere[0]])
        known = [*PRIMITIVES, "List", "Map", *self.type_names()]
        advice = near_name(t.name, known, name_span) if "." in t.name or not full else Advice()
        if not advice.en and "." in t.name:
            last = self.full_names(t.name.rpartition(".")[2], types_only=True)
            advice = near_name(t.name, last, name_span) if last else advice
        self.report(rules.UNKNOWN_TYPE, t.span, name=t.name, fixes=advice.fixes, **advice.near)
        sure = self.symbols.by_name.get(meant(t.name, known) or "")
        return self._declared(t, sure) if sure is not None and not t.args else UNKNOWN

    def _foreign(self, t: n.TypeName) -> Type:
        instead, sure = FOREIGN[t.name]
        name_span = _name_span(t)
        choice = "`Long` or `Decimal`" if t.name in _NUMBER_WORDS else f"`{instead}`"
        zh = "`Long`（整数）或 `Decimal`（小数）" if t.name in _NUMBER_WORDS else f"`{instead}`"
        fixes = [replace(name_span, instead, safe=sure)]
        self.report(rules.FOREIGN_TYPE, t.span, name=t.name, instead=choice, instead_zh=zh, fixes=fixes)
        if t.name in _NUMBER_WORDS:
            return UNKNOWN
        if instead == "List":
            return ListOf(self.annotation(t.args[0])) if len(t.args) == 1 else UNKNOWN
        if instead == "Map":
            return MapOf(self.annotation(t.args[0]), self.annotation(t.args[1])) if len(t.args) == 2 else UNKNOWN
        return PRIMITIVES.get(instead, Structure(instead) if "." in instead else STRING)

    def full_names(self, short: str, *, types_only: bool = False) -> list[str]:
        """Full names of the declarations whose last part is `short`."""
        names = self.type_names() if types_only else list(self.symbols.by_name)
        return [name for name in names if name.rpartition(".")[2] == short]

    def type_names(self) -> list[str]:
        kinds = (n.Class, n.Enum, n.Alias)
        return [name for name, declared in self.symbols.by_name.items() if isinstance(declared.node, kinds)]


def _name_span(t: n.TypeName) -> Span:
    """The name of a type without its arguments, as it stands in the author's text."""
    name = t.span.text.partition("<")[0].rstrip() if t.args else t.span.text
    return t.span.source.span(t.span.start, t.span.start + len(name.encode()))


def _with_arity(t: n.TypeName, wanted: int) -> list[Fix]:
    """Leave out the type arguments that are too many; the keys of a Map are mostly texts."""
    args = [arg.span.text for arg in t.args]
    if len(args) > wanted:
        args = args[:wanted]
    elif wanted == 2 and len(args) == 1:
        args = ["String", *args]
    else:
        return []
    text = t.span.text.partition("<")[0].rstrip() + (f"<{', '.join(args)}>" if args else "")
    return [Fix(f"write `{text}`", (Edit(t.span, text),), "safe" if not wanted else "unsafe")]

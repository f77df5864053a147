"""Programs that must be right: expressions are made from the type that is wanted, with every operator, the functions of
the catalogue by their signatures, structures, enums, lists, maps, nulls, lambdas, entities, queries and own logics.

What decides is a `Choices`: Hypothesis draws (and shrinks), or a seed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Protocol, TypeVar

from naslforge import lang
from naslforge.lang.catalogue import Overload, Parameter
from naslforge.lang.types import (
    ANY,
    BINARY,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    LONG,
    NUMBERS,
    STRING,
    TEXTS,
    TIME,
    VOID,
    Anonymous,
    Entity,
    EnumType,
    FunctionType,
    ListOf,
    MapOf,
    Primitive,
    Structure,
    Type,
    Union,
    show,
)
from naslforge.lang.types import TypeVar as Variable

X = TypeVar("X")


class Choices(Protocol):
    """Where decisions come from; the first option is the simplest."""

    def below(self, count: int) -> int: ...


class FromSeed:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, count: int) -> int:
        return self._random.randrange(count)


COLOR, LEVEL = EnumType("app.enums.Color"), EnumType("app.enums.Level", "Long")
LINE = Structure("app.structures.Line")
ENTITIES = "app.dataSources.defaultDS.entities"
ITEM, OWNER = Entity(f"{ENTITIES}.Item"), Entity(f"{ENTITIES}.Owner")
PLAIN: tuple[Type, ...] = (LONG, STRING, DECIMAL, BOOLEAN, DATE, DATETIME, TIME, COLOR, LEVEL)
KEYS: tuple[Type, ...] = (STRING, LONG, DECIMAL, BOOLEAN)
ORDERED: tuple[Type, ...] = (LONG, DECIMAL, STRING, DATE, DATETIME, TIME)
FIELDS: dict[str, tuple[tuple[str, Type], ...]] = {
    LINE.name: (("name", STRING), ("price", DECIMAL), ("count", LONG), ("tags", ListOf(STRING)), ("color", COLOR),
                ("day", DATE), ("next", LINE)),
    ITEM.name: (("id", LONG), ("name", STRING), ("amount", DECIMAL), ("stock", LONG), ("active", BOOLEAN),
                ("color", COLOR), ("day", DATE), ("at", DATETIME), ("ownerId", LONG)),
    OWNER.name: (("id", LONG), ("title", STRING), ("since", DATE), ("rank", LONG)),
}  # fmt: skip
MEMBERS = {COLOR.name: ("red", "green", "blue"), LEVEL.name: ("low", "high")}
_ELSEWHERE = (
    "nasl.ui.",
    "nasl.browser.",
    "nasl.js.",
    "nasl.process",
    "nasl.oql.",
    "nasl.io.",
    "nasl.auth.",
    "nasl.conf",
)
_SPECIAL = {"New", "NewList", "NewMap", "NewEntity", "NewStructure", "NewAnonymousStructure", "PAGINATE"}
_AGGREGATES = {"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MAX", "MIN", "GROUP_CONCAT"}
_ON_ROWS = {"ON", "CASE_WHEN", "CONTAINS", "IN", "NOT_IN", "BETWEEN", "GROUP_CONCAT"}


def functions() -> list[lang.Builtin]:
    """The functions that a server logic may call with nothing but values."""
    return [b for b in lang.catalogue() if b.kind == "function" and b.name not in _SPECIAL
            and not b.full_name.startswith(_ELSEWHERE)]  # fmt: skip


def fields_of(type_: Type) -> tuple[tuple[str, Type], ...]:
    if isinstance(type_, Anonymous):
        return type_.fields
    if isinstance(type_, Structure) and type_.name == "app.structures.Box":
        return (("content", type_.args[0]), ("items", ListOf(type_.args[0])))
    return FIELDS.get(type_.name, ()) if isinstance(type_, Structure | Entity) else ()


def bound(type_: Type, to: dict[str, Type]) -> Type:
    """The type with its variables replaced."""
    match type_:
        case Variable(name, _):
            return to.get(name, type_)
        case ListOf(item):
            return ListOf(bound(item, to))
        case MapOf(key, value):
            return MapOf(bound(key, to), bound(value, to))
        case Anonymous(fields):
            return Anonymous(tuple((name, bound(t, to)) for name, t in fields))
        case Structure(name, args):
            return Structure(name, tuple(bound(a, to) for a in args))
        case FunctionType(params, result):
            return FunctionType(tuple(bound(p, to) for p in params), bound(result, to))
        case Union(members):
            return Union(tuple(bound(m, to) for m in members))
    return type_


def matches(pattern: Type, wanted: Type, to: dict[str, Type]) -> bool:
    """Can the pattern become the wanted type? What its variables must be is put into `to`."""
    match pattern, wanted:
        case Variable(name, bounds), _:
            if wanted in (ANY, VOID) or (bounds and wanted not in bounds):
                return False
            if (name == "E" and not isinstance(wanted, EnumType)) or (name in ("K", "K2") and wanted not in KEYS):
                return False
            return to.setdefault(name, wanted) == wanted
        case ListOf(a), ListOf(b):
            return matches(a, b, to)
        case MapOf(k, v), MapOf(k2, v2):
            return matches(k, k2, to) and matches(v, v2, to)
        case Anonymous(fields), Anonymous(others):
            names = [n for n, _ in fields] == [n for n, _ in others]
            return names and all(matches(t, u, to) for (_, t), (_, u) in zip(fields, others, strict=True))
        case Structure(name, args), Structure(other, others):
            return name == other and all(matches(a, b, to) for a, b in zip(args, others, strict=True))
    return pattern == wanted


def variables(type_: Type) -> set[str]:
    """Names of the type variables in a type."""
    match type_:
        case Variable(name, _):
            return {name}
        case ListOf(item):
            return variables(item)
        case MapOf(key, value):
            return variables(key) | variables(value)
        case Anonymous(fields):
            return set().union(*(variables(t) for _, t in fields))
        case Structure(_, args) | Union(args):
            return set().union(*map(variables, args))
        case FunctionType(params, result):
            return set().union(variables(result), *map(variables, params))
    return set()


@dataclass(slots=True)
class Logic:
    name: str
    params: list[tuple[str, Type, str | None]]  # with the text of the default
    result: Type


@dataclass(slots=True)
class Maker:
    """Makes one program; `scope` holds the names in view, `fixed` those that nothing may assign."""

    choices: Choices
    scope: list[tuple[str, Type]] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    lets: list[str] = field(default_factory=list)
    logics: list[Logic] = field(default_factory=list)
    used: int = 0
    depth: int = 0
    quiet: int = 0  # inside lambdas and queries nothing has an effect

    # --- choosing

    def pick(self, options: Sequence[X]) -> X:
        return options[self.choices.below(len(options))]

    def one_in(self, count: int) -> bool:
        return self.choices.below(count) == count - 1

    def fresh(self, stem: str = "v") -> str:
        self.used += 1
        return f"{stem}{self.used}"

    @contextmanager
    def names(self, *more: tuple[str, Type]) -> Iterator[None]:
        self.scope += more
        self.fixed |= {name for name, _ in more}
        try:
            yield
        finally:
            del self.scope[len(self.scope) - len(more) :]

    # --- types

    def type(self, depth: int = 2) -> Type:
        way = self.choices.below(12 if depth else 6)
        if way < 6:
            return self.pick(PLAIN)
        if way < 8:
            return ListOf(self.type(depth - 1))
        if way == 8:
            return MapOf(self.pick(KEYS), self.type(depth - 1))
        if way == 9:
            return self.pick((LINE, ITEM, OWNER))
        if way == 10:
            return Structure("app.structures.Box", (self.type(depth - 1),))
        return Anonymous((("a", self.type(depth - 1)), ("b", self.type(depth - 1))))

    def type_for(self, variable: str, bounds: tuple[Type, ...]) -> Type:
        if bounds:
            return self.pick(bounds)
        if variable == "E":
            return self.pick((COLOR, LEVEL))
        return self.pick(KEYS) if variable in ("K", "K2") else self.type(1)

    # --- expressions

    def expr(self, wanted: Type) -> str:
        """The text of an expression of that type; it stands where it is wanted, so literals take their type there."""
        self.depth += 1
        try:
            if self.depth > 5 or self.one_in(3):
                return self.leaf(wanted)
            ways: list[Callable[[Type], str | None]] = [self.operator, self.library, self.library, self.property]
            ways += [self.own_call, self.match] if not self.quiet else [self.own_call]
            return self.pick(ways)(wanted) or self.leaf(wanted)
        finally:
            self.depth -= 1

    def inner(self, wanted: Type) -> str:
        """An operand: in parentheses where that is needed."""
        text = self.expr(wanted)
        return text if text.replace(".", "").replace("_", "").isalnum() or text[0] in "'[`" else f"({text})"

    def leaf(self, wanted: Type) -> str:
        known = [name for name, type_ in self.scope if type_ == wanted]
        if known and not self.one_in(3):
            return self.pick(known)
        if self.one_in(40) and wanted not in (BOOLEAN, ANY):
            return "null"
        if wanted == ANY:
            return self.expr(self.type(1)) if self.depth < 6 else "1"
        match wanted:
            case Primitive(name):
                return self.literal(name)
            case EnumType(name):
                return f"{name}.{self.pick(MEMBERS[name])}"
            case ListOf(item):
                items = ", ".join(self.expr(item) for _ in range(self.choices.below(3)))
                return f"nasl.util.NewList<{show(item)}>([{items}])"
            case MapOf(key, value):
                entries = ", ".join(f"[{self.expr(key)}]: {self.expr(value)}" for _ in range(self.choices.below(3)))
                return f"nasl.util.NewMap<{show(key)}, {show(value)}>({{ {entries} }})"
            case Anonymous(fields):
                return "{ " + ", ".join(f"{name}: {self.expr(t)}" for name, t in fields) + " }"
            case Structure("nasl.util.Regex"):
                return self.pick(
                    ("/a+/g", "/[0-9]/", "/(b)(c)?/gi", "new nasl.util.Regex({ pattern: '.', flags: 'g' })")
                )
            case Structure() | Entity():
                chosen = [f for f in fields_of(wanted) if f[0] != "next" and self.one_in(2)]
                return f"new {show(wanted)}({{ {', '.join(f'{n}: {self.expr(t)}' for n, t in chosen)} }})"
            case Union(members):
                return self.expr(self.pick([m for m in members if m != BINARY]))
        raise AssertionError(f"no value of type {show(wanted)}")

    def literal(self, name: str) -> str:
        if name == "Decimal" and self.one_in(3):
            return self.expr(LONG) if self.depth < 6 else "2"
        options: dict[str, tuple[str, ...]] = {
            "Long": ("1", "0", "2", "-3", "7", "100", "9007199254740993", "9223372036854775807"),
            "Decimal": ("0.5", "1.0", "-2.75", "0.1", "123456789.987654321"),
            "String": ("'a'", "''", "'1'", "'a1,b2'", "'中文'", "'2024-02-29'", "'😀x'", "' '", "`t${1}`"),
            "Boolean": ("true", "false"),
            "Date": ("nasl.util.FromString<Date>('2024-02-29')", "nasl.util.CurrDate()"),
            "Time": ("nasl.util.FromString<Time>('10:20:30')", "nasl.util.CurrTime()"),
            "DateTime": ("nasl.util.FromString<DateTime>('2024-02-29 10:00:00')", "nasl.util.CurrDateTime()"),
        }
        return self.pick(options[name])

    def operator(self, wanted: Type) -> str | None:
        if wanted in NUMBERS:
            sides = (
                (LONG, LONG) if wanted == LONG else self.pick(((DECIMAL, DECIMAL), (LONG, DECIMAL), (DECIMAL, LONG)))
            )
            sign = self.pick(("+", "-", "*", "%") if wanted == LONG else ("+", "-", "*", "/", "%"))
            return f"{self.inner(sides[0])} {sign} {self.inner(sides[1])}"
        if wanted == STRING:
            other = self.pick(PLAIN)
            if self.one_in(3):
                return f"`{self.pick(('', 'x', '：'))}${{{self.expr(other)}}}${{{self.expr(STRING)}}}`"
            text = self.inner(STRING)
            pair = ("''" if text == "null" else text, self.inner(other))
            return " + ".join(pair if self.one_in(2) else reversed(pair))
        return self.condition() if wanted == BOOLEAN else None

    def condition(self) -> str:
        way = self.choices.below(5)
        if way == 0:
            return f"{self.inner(BOOLEAN)} {self.pick(('&&', '||'))} {self.inner(BOOLEAN)}"
        if way == 1:
            return f"!({self.expr(BOOLEAN)})"
        if way == 2:
            left = self.pick(ORDERED)
            right = self.pick(NUMBERS) if left in NUMBERS else left
            return f"{self.inner(left)} {self.pick(('<', '<=', '>', '>='))} {self.inner(right)}"
        type_ = self.type(1) if not self.one_in(3) else self.pick(PLAIN)
        if isinstance(type_, Anonymous):
            type_ = LONG
        other = "null" if way == 3 else self.inner(type_)
        return f"{self.inner(type_)} {self.pick(('==', '!=', '===', '!=='))} {other}"

    def property(self, wanted: Type) -> str | None:
        found = [f"{name}.{key}" for name, type_ in self.scope for key, t in fields_of(type_) if t == wanted]
        if wanted == LONG:
            found += [
                f"{name}.length" for name, type_ in self.scope if isinstance(type_, ListOf | MapOf) or type_ in TEXTS
            ]
            found.append("app.backend.variables.counter")
        if wanted == ListOf(STRING):
            found.append("app.backend.variables.words")
        return self.pick(found) if found else None

    def own_call(self, wanted: Type) -> str | None:
        able = [logic for logic in self.logics if logic.result == wanted]
        if not able:
            return None
        logic = self.pick(able)
        given = logic.params[
            : len(logic.params) - (1 if logic.params and logic.params[-1][2] and self.one_in(2) else 0)
        ]
        return f"{self.pick(('', 'app.logics.'))}{logic.name}({', '.join(self.expr(t) for _, t, _ in given)})"

    def match(self, wanted: Type) -> str | None:
        if self.depth > 4 or wanted == ANY or isinstance(wanted, Anonymous | Union):
            return None
        enum = self.pick((COLOR, LEVEL))
        subject = self.fresh("_value")
        tests = "".join(f"if ({subject} === {enum.name}.{member}) {{ return {self.expr(wanted)}; }} else "
                        for member in MEMBERS[enum.name][:2])  # fmt: skip
        return f"(function match({subject}) {{ {tests}{{ return {self.expr(wanted)}; }} }})({self.expr(enum)})"

    # --- the library

    def library(self, wanted: Type) -> str | None:
        able = []
        for builtin in functions():
            for overload in builtin.overloads:
                to: dict[str, Type] = {}
                if (
                    overload.result != VOID
                    and (builtin.pure or not self.quiet)
                    and matches(overload.result, wanted, to)
                ):
                    able.append((builtin, overload, to))
        return self.call(*self.pick(able)) if able else None

    def call(self, builtin: lang.Builtin, overload: Overload, to: dict[str, Type]) -> str:
        for variable in overload.type_params:
            to.setdefault(variable.name, self.type_for(variable.name, variable.bounds))
        in_params = set().union(*(variables(p.type) for p in overload.params))
        only_result = any(v.name not in in_params for v in overload.type_params)
        written = f"<{', '.join(show(to[v.name]) for v in overload.type_params)}>" if only_result else ""
        args: list[str] = []
        for param in overload.params:
            if param.variadic:
                args += [self.argument(builtin, param, to) for _ in range(1 + self.choices.below(2))]
            elif param.optional and self.one_in(2):
                break
            else:
                args.append(self.argument(builtin, param, to))
        return f"{builtin.full_name}{written}({', '.join(args)})"

    def argument(self, builtin: lang.Builtin, param: Parameter, to: dict[str, Type]) -> str:
        type_ = bound(param.type, to)
        if param.choices:
            return self.pick(param.choices).join("''")
        if param.name in ("tz",):
            return self.pick(("'Asia/Shanghai'", "'UTC'"))
        if param.name == "formatter":
            return {"FormatDate": "'yyyy-MM-dd'", "FormatTime": "'HH:mm'"}.get(builtin.name, "'yyyy-MM-dd HH:mm:ss'")
        if param.name == "metric":
            return self.pick(("'day-week'", "'day-month'", "'week-year'"))
        if builtin.name == "Concat":  # with lists it is a habit, and refused
            type_ = self.pick(PLAIN)
        if isinstance(type_, FunctionType):
            return self.lambda_(type_)
        if isinstance(type_, ListOf) and isinstance(type_.item, FunctionType):
            return f"[{self.lambda_(type_.item)}]"
        if isinstance(type_, Anonymous | ListOf | MapOf) or isinstance(param.type, Variable):
            # an argument by itself says what its type is: literals in it do not
            return self.firm(type_)
        return self.expr(type_)

    def firm(self, wanted: Type) -> str:
        """An expression that has exactly this type wherever it stands."""
        known = [name for name, type_ in self.scope if type_ == wanted]
        if known and not self.one_in(4):
            return self.pick(known)
        if self.quiet or isinstance(wanted, Anonymous):
            known = [
                f"{name}.{key}" for name, type_ in self.scope for key, t in fields_of(type_) if t == wanted
            ] or known
            return self.pick(known) if known else self.leaf(wanted)
        name = self.fresh("w")
        self.lets.append(f"let {name}: {show(wanted)} = {self.simple(wanted)};")
        self.scope.insert(0, (name, wanted))
        return name

    def simple(self, wanted: Type) -> str:
        """A value for the head of a logic, where no other variable is in view yet."""
        scope, self.scope, before = self.scope, [], self.depth
        self.depth = 5
        try:
            return self.leaf(wanted)
        finally:
            self.scope, self.depth = scope, before

    def lambda_(self, type_: FunctionType) -> str:
        names = [self.fresh("p") for _ in type_.params]
        self.quiet += 1
        with self.names(*zip(names, type_.params, strict=True)):
            if isinstance(type_.result, Anonymous) and type_.result.fields[0] == ("by", ANY):  # criteria of ListSort
                body = f"({{ by: {self.expr(self.pick(ORDERED))}, asc: {self.pick(('true', 'false'))} }})"
            else:
                body = self.expr(self.pick(ORDERED) if type_.result == ANY else type_.result)
        self.quiet -= 1
        return f"({', '.join(names)}) => {body}"

"""What the checker knows while it runs: facts found so far, the names in view, and the one way to report a fault."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from naslforge.lang import nodes as n
from naslforge.lang.catalogue import parse_type
from naslforge.lang.diagnostics import Fix, Label, Report, Rule
from naslforge.lang.scope import Callee, Declared, Local, Ref, Row, Symbols
from naslforge.lang.source import Span
from naslforge.lang.types import (
    ANY,
    Anonymous,
    Entity,
    FunctionType,
    ListOf,
    MapOf,
    Primitive,
    Structure,
    Type,
    TypeVar,
    Union,
)

# Structures of the library that have no declaration in any project; T is their type argument.
_ERROR = "{ errorType: String, errorMsg: String }"
BUILTIN_STRUCTURES: dict[str, str] = {
    "nasl.util.Regex": "{ pattern: String, flags: String }",
    "nasl.auth.Role": "{ uuid: String, name: String, description: String }",
    "nasl.auth.LCAPCurrentUserInfo": "{ status: String, userName: String, displayName: String, email: String,"
    " userId: String, phone: String, createTime: String, updateTime: String, nickName: String, source: String }",
    "nasl.collection.PageOf": "{ content: List<T>, number: Long, size: Long, numberOfElements: Long,"
    " totalPages: Long, totalElements: Long, last: Boolean, first: Boolean, empty: Boolean }",
    "nasl.http.HttpRequest": "{ requestURL: String, remoteIp: String, requestMethod: String, body: T,"
    " pathParams: Map<String, String>, headers: Map<String, String>, queryParams: Map<String, String>,"
    " cookies: Map<String, nasl.http.HttpCookie> }",
    "nasl.http.HttpResponse": "{ status: Long, body: T, headers: Map<String, String>,"
    " cookies: Map<String, nasl.http.HttpCookie> }",
    "nasl.http.HttpCookie": "{ name: String, value: String, domain: String, cookiePath: String, sameSite: String,"
    " httpOnly: Boolean, secure: Boolean, maxAge: Long }",
    "nasl.ui.KeyboardEvent": "{ key: String, code: String, altKey: Boolean, ctrlKey: Boolean, metaKey: Boolean,"
    " shiftKey: Boolean }",
    "nasl.ui.MouseEvent": "{ altKey: Boolean, ctrlKey: Boolean, metaKey: Boolean, shiftKey: Boolean, button: Long,"
    " which: Long, clientX: Long, clientY: Long, offsetX: Long, offsetY: Long, pageX: Long, pageY: Long, screenX: Long,"
    " screenY: Long, movementX: Long, movementY: Long }",
    "nasl.ui.FocusEvent": "{ cancelBubble: Boolean, detail: String, layerX: Long, layerY: Long, pageX: Long,"
    " pageY: Long, which: Long }",
    "nasl.ui.ValidateEvent": "{ valid: Boolean, rawValue: Any, value: Any, trigger: String, muted: String,"
    " touched: Boolean, dirty: Boolean, firstError: String, triggerValid: Boolean }",
    "nasl.ui.Current": "{ item: T, index: Long, rowIndex: Long, columnIndex: Long, value: String, columnItem: Any }",
    "nasl.error.InterfaceError": "{ errorType: String, errorMsg: String, statusCode: Long, responseBody: String }",
    **{
        f"nasl.error.{name}": _ERROR
        for name in (
            "Error", "SystemIllegalArgumentError", "SystemArithmeticError", "SystemArrayIndexOutOfBoundsError",
            "SystemNullPointerError", "SystemClassCastError", "SystemResourceNotFoundError", "SystemInternalError",
            "DatabaseDuplicateKeyError", "DatabaseConstraintViolationError", "AuthUnAuthorizedError",
            "AuthPermissionDeniedError", "ProcessError", "IoError",
        )
    },
}  # fmt: skip


@dataclass(slots=True)
class Scope:
    """The names of one block, inside the names around it."""

    parent: "Scope | None" = None
    names: dict[str, Local | Row] = field(default_factory=dict)

    def find(self, name: str) -> Local | Row | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None

    def all(self) -> dict[str, Local | Row]:
        """Every name in view, inner ones first."""
        outer = self.parent.all() if self.parent else {}
        return {**outer, **self.names}


@dataclass(slots=True)
class Logic:
    """The logic under work. `wanted` is the written result type; `untyped` are the lets without a type so far."""

    function: n.Function
    namespace: str
    wanted: Type | None = None
    found: Type | None = None
    named: list[Local] = field(default_factory=list)
    untyped: dict[n.Let, Type | None] = field(default_factory=dict)
    returns_value: bool = False


@dataclass(slots=True)
class Over:
    """What an expression in a query may use: `clause` names the place for messages, aggregates may be allowed."""

    clause: str
    aggregates: bool = False


@dataclass(slots=True)
class Page:
    """The page under work. `rows` and `values` are what T and V stand for in the component of an element."""

    name: str  # full name
    view: n.View
    scope: Scope = field(default_factory=Scope)
    logics: dict[str, Declared] = field(default_factory=dict)
    refs: dict[str, n.Element] = field(default_factory=dict)
    untyped: dict[n.Let, Type | None] = field(default_factory=dict)
    rows: dict[n.Element, Type] = field(default_factory=dict)
    values: dict[n.Element, Type] = field(default_factory=dict)
    events: dict[n.Function, Type] = field(default_factory=dict)  # page logics used as handlers
    functions: list[n.Function] = field(default_factory=list)  # page logics, handlers, life cycle
    own: n.Element | None = None  # the element whose attributes are looked at
    rehearsing: bool = False


class Facts:
    """State of one run over a whole program. The typing rules are methods of the classes built on it."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.found = Report()
        self.types: dict[n.Node, Type] = {}
        self.widened: set[n.Node] = set()
        self.refs: dict[n.Node, Ref] = {}
        self.calls: dict[n.Node, Callee] = {}
        self.names: dict[n.Node, Type] = {}
        self.results: dict[n.Function, Type] = {}
        self.fields: dict[str, tuple[tuple[str, Type], ...]] = {}
        self.enums: dict[str, tuple[tuple[str, str | int, str], ...]] = {}
        self.type_params: dict[str, tuple[TypeVar, ...]] = {}  # of generic structures
        self.over_rows: set[n.Node] = set()  # expressions that mention a row or an aggregate
        self.used: set[n.Node] = set()  # declarations that something reads
        self.written: dict[n.Node, list[n.Node]] = {}  # declarations and the assignments to them
        self.scope = Scope()
        self.namespace = "app.logics"
        self.vars: dict[str, TypeVar] = {}  # type parameters in view
        self.looks: dict[n.Node, tuple[Scope, Type]] = {}  # literal arguments by themselves
        self.kept: dict[tuple[n.Node, Type | None, bool], tuple[Scope, Over | None, Type]] = {}  # by `once`
        self.keeping = False  # inside an expression whose parts are kept
        self.guesses: dict[n.Node, Type] = {}  # empty lists and maps: the type that what is put in them has
        self.aliases: list[n.Alias] = []  # those being resolved
        self.circular: set[n.Alias] = set()  # those whose ring was told
        self.logic: Logic | None = None
        self.page: Page | None = None
        self.around: dict[n.Function, tuple[Page, Scope]] = {}  # functions inside a page: the names around them
        self.over: Over | None = None  # inside a query or an entity filter
        self.muted = 0
        self.rehearsing = 0

    def report(
        self, rule: Rule, span: Span, *, labels: Iterable[Label] = (), fixes: Iterable[Fix] = (), **facts: object
    ) -> None:
        """Report a fault, unless the present pass is only a rehearsal. Practice is not judged in given text."""
        if not self.muted and not (rule.stage == "practice" and span.source.context):
            self.found.add(rule, span, labels=labels, fixes=fixes, **facts)

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Look without reporting; what is found is found again, for good, later."""
        self.muted += 1
        self.rehearsing += 1
        try:
            yield
        finally:
            self.muted -= 1
            self.rehearsing -= 1

    @contextmanager
    def block(self) -> Iterator[Scope]:
        """A new inner scope."""
        outer, self.scope = self.scope, Scope(self.scope)
        try:
            yield self.scope
        finally:
            self.scope = outer

    @contextmanager
    def within(self, over: Over | None) -> Iterator[None]:
        """Inside (or outside) a query."""
        outer, self.over = self.over, over
        try:
            yield
        finally:
            self.over = outer

    def fields_of(self, type_: Type) -> tuple[tuple[str, Type], ...] | None:
        """The properties of a structure, entity or anonymous structure, None for other types."""
        match type_:
            case Anonymous(fields):
                return fields
            case Entity(name):
                return self.fields.get(name)
            case Structure(name, args):
                return self._structure_fields(name, args)
            case _:
                return None

    def _structure_fields(self, name: str, args: tuple[Type, ...]) -> tuple[tuple[str, Type], ...] | None:
        if name in BUILTIN_STRUCTURES:
            made = substitute(parse_type(BUILTIN_STRUCTURES[name]), {"T": args[0] if args else ANY})
            return made.fields if isinstance(made, Anonymous) else ()
        fields, params = self.fields.get(name), self.type_params.get(name, ())
        if fields is None or not params:
            return fields
        bound = {param.name: arg for param, arg in zip(params, args, strict=False)}
        return tuple((field, substitute(type_, bound)) for field, type_ in fields)


def substitute(type_: Type, bound: dict[str, Type]) -> Type:
    """The type with type parameters replaced by what they are bound to; unbound ones stay."""
    if not bound or isinstance(type_, Primitive):
        return type_
    match type_:
        case TypeVar(name, _):
            return bound.get(name, type_)
        case ListOf(item):
            return ListOf(substitute(item, bound))
        case MapOf(key, value):
            return MapOf(substitute(key, bound), substitute(value, bound))
        case Structure(name, args) if args:
            return Structure(name, tuple(substitute(a, bound) for a in args))
        case Anonymous(fields):
            return Anonymous(tuple((name, substitute(t, bound)) for name, t in fields))
        case Union(members):
            return Union(tuple(substitute(m, bound) for m in members))
        case FunctionType(params, result):
            return FunctionType(tuple(substitute(p, bound) for p in params), substitute(result, bound))
        case _:
            return type_


def has_vars(type_: Type, names: Iterable[str] | None = None) -> bool:
    """Does the type mention a type parameter (one of these)?"""
    if isinstance(type_, Primitive):
        return False
    found = type_vars(type_)
    return bool(found) if names is None else not found.isdisjoint(names)


def type_vars(type_: Type) -> set[str]:
    """Names of the type parameters in a type."""
    match type_:
        case Primitive():
            return set()
        case TypeVar(name, _):
            return {name}
        case ListOf(item):
            return type_vars(item)
        case MapOf(key, value):
            return type_vars(key) | type_vars(value)
        case Structure(_, args) | Union(args):
            return set().union(*map(type_vars, args))
        case Anonymous(fields):
            return set().union(*(type_vars(t) for _, t in fields))
        case FunctionType(params, result):
            return set().union(type_vars(result), *map(type_vars, params))
        case _:
            return set()

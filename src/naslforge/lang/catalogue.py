"""Reads the standard library as data (stdlib/*.toml) into Builtin records.

A row holds the full name, one signature or several, words in two languages, the null rule and examples written
`expression => result as JSON` (`error` where the call fails). Signatures are parsed when a row is first asked for.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from naslforge.lang.types import (
    ALIASES,
    PRIMITIVES,
    STRING,
    Anonymous,
    FunctionType,
    ListOf,
    MapOf,
    Structure,
    Type,
    TypeVar,
    Union,
)

PAGE_NAMESPACES = ("nasl.ui", "nasl.browser", "nasl.js", "nasl.validation")
SERVER_ONLY = ("nasl.auth.getCurrentUser",)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`type` of a variadic parameter is that of each argument; `choices` are the only texts it may hold."""

    name: str
    type: Type
    optional: bool = False
    variadic: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overload:
    type_params: tuple[TypeVar, ...]
    params: tuple[Parameter, ...]
    result: Type
    text: str = ""  # as written: `(str: String, start: Long, length?: Long): String`
    least: int = field(init=False, compare=False)  # how many arguments a call must have
    most: int | None = field(init=False, compare=False)  # how many it may have, None for any number
    values: bool = field(init=False, compare=False)  # no type parameters, choices or functions among the parameters

    def __post_init__(self) -> None:
        params = self.params
        plain = not self.type_params and not any(p.choices or _takes_function(p.type) for p in params)
        object.__setattr__(self, "least", sum(not (p.optional or p.variadic) for p in params))
        object.__setattr__(self, "most", None if any(p.variadic for p in params) else len(params))
        object.__setattr__(self, "values", plain)


@dataclass(frozen=True, slots=True)
class Builtin:
    """One function of the library; `namespace` is `nasl.util`, `nasl.logging` …, '' for global functions.

    `kind` is `function`, `query` (for rows; most work outside queries too), `entity` (logics of table objects),
    `syntax` (part of a statement) or `rule` (of a form item). A function that is not `pure` has an effect: it is used
    as a statement too.
    """

    namespace: str
    name: str
    overloads: tuple[Overload, ...]
    doc: str
    doc_zh: str
    nulls: str
    examples: tuple[tuple[str, object], ...]  # (expression, result as JSON; "error" where it fails)
    group: str = ""
    pure: bool = True
    kind: str = "function"
    server: str = ""  # where generated server code differs from what runs here

    @property
    def full_name(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name

    @property
    def side(self) -> str:
        """Where it can be called: `page`, `server` or `both`."""
        if self.namespace in PAGE_NAMESPACES:
            return "page"
        return "server" if self.full_name in SERVER_ONLY else "both"

    @property
    def signatures(self) -> tuple[str, ...]:
        """Every overload as it is written, with the function's own name."""
        return tuple(self.name + overload.text for overload in self.overloads)


class Catalogue:
    """Every function of the library by full name (`nasl.util.Get`, `COUNT`, `entity.create`)."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = {row["name"]: row for row in rows}
        self._built: dict[str, Builtin] = {}
        self._short: dict[str, list[str]] = {}
        for name in self._rows:
            self._short.setdefault(name.rpartition(".")[2].lower(), []).append(name)

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[Builtin]:
        return (self[name] for name in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, name: str) -> Builtin:
        if name not in self._built:
            self._built[name] = _builtin(self._rows[name])
        return self._built[name]

    def get(self, name: str) -> Builtin | None:
        return self[name] if name in self._rows else None

    def names(self, namespace: str | None = None) -> list[str]:
        """Full names, of one namespace ('' for global functions) or all."""
        return [n for n in self._rows if namespace is None or n.rpartition(".")[0] == namespace]

    def called(self, short: str) -> list[str]:
        """Full names of the functions with this last part, in any letter case."""
        return self._short.get(short.lower(), [])


@cache
def catalogue() -> Catalogue:
    """The standard library."""
    rows: list[dict[str, Any]] = []
    for file in sorted(files(__package__).joinpath("stdlib").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            group = file.name.removesuffix(".toml")
            rows += [{"group": group, **row} for row in tomllib.loads(file.read_text("utf-8"))["function"]]
    return Catalogue(rows)


def _takes_function(type_: Type) -> bool:
    return isinstance(type_, FunctionType) or (isinstance(type_, ListOf) and isinstance(type_.item, FunctionType))


def _builtin(row: dict[str, Any]) -> Builtin:
    namespace, _, name = row["name"].rpartition(".")
    signature = row["signature"]
    texts = [signature] if isinstance(signature, str) else signature
    return Builtin(
        namespace=namespace,
        name=name,
        overloads=tuple(map(parse_signature, texts)),
        doc=row["doc"],
        doc_zh=row.get("doc_zh") or row["doc"],
        nulls=row.get("nulls", ""),
        examples=tuple(map(_example, row.get("examples", ()))),
        group=row["group"],
        pure=not row.get("effect", False),
        kind=row.get("kind", "function"),
        server=row.get("server", ""),
    )


def _example(text: str) -> tuple[str, object]:
    expression, _, result = text.rpartition(" => ")
    return expression, "error" if result == "error" else json.loads(result)


# --- signatures

_TOKEN = re.compile(r"\s*('[^']*'|=>|\.\.\.|[\w.\-]+|[<>(){}\[\]|:,?=])")


def parse_signature(text: str) -> Overload:
    """One signature of the catalogue.

    >>> parse_signature("<T>(list: List<T>, index: Long): T").params[1].name
    'index'
    """
    return _Signature(text).overload()


@cache
def parse_type(text: str) -> Type:
    """A type as the catalogue writes it; T is a type parameter."""
    reader = _Signature(text)
    reader.vars["T"] = TypeVar("T")
    return reader.type()


class _Signature:
    """Recursive descent over the tokens of one signature."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at = text, _TOKEN.findall(text), 0
        self.vars: dict[str, TypeVar] = {"E": TypeVar("E"), "PK": TypeVar("PK")}

    def overload(self) -> Overload:
        type_params = tuple(self.items("<", ">", self.type_param)) if self.peek() == "<" else ()
        params = tuple(self.items("(", ")", self.param))
        self.take(":")
        return Overload(type_params, params, self.type(), self.text)

    def type_param(self) -> TypeVar:
        name = self.take()
        bounds: tuple[Type, ...] = ()
        if self.skip("extends"):
            bound = self.type()
            bounds = bound.members if isinstance(bound, Union) else (bound,)
        self.vars[name] = TypeVar(name, bounds)
        return self.vars[name]

    def param(self) -> Parameter:
        variadic = self.skip("...")
        name, optional = self.take(), self.skip("?")
        self.take(":")
        if self.peek().startswith("'"):
            choices = [self.take()]
            while self.skip("|"):
                choices.append(self.take())
            type_: Type = STRING
        else:
            choices, type_ = [], self.type()
        default = self.take() if self.skip("=") else None
        if variadic and isinstance(type_, ListOf):
            type_ = type_.item
        return Parameter(name, type_, optional, variadic, default, tuple(c.strip("'") for c in choices))

    def type(self) -> Type:
        members = [self.member()]
        while self.skip("|"):
            members.append(self.member())
        return Union(tuple(members)) if len(members) > 1 else members[0]

    def member(self) -> Type:
        if self.peek() == "{":
            return Anonymous(tuple(self.items("{", "}", self.field)))
        if self.peek() == "(":
            params = tuple(type_ for _, type_ in self.items("(", ")", self.field))
            self.take("=>")
            return FunctionType(params, self.type())
        name = self.take()
        args = tuple(self.items("<", ">", self.type)) if self.peek() == "<" else ()
        if name == "List":
            return ListOf(args[0])
        if name == "Map":
            return MapOf(args[0], args[1])
        return self.vars.get(name) or PRIMITIVES.get(name) or ALIASES.get(name) or Structure(name, args)

    def field(self) -> tuple[str, Type]:
        name = self.take()
        self.take(":")
        return name, self.type()

    def items(self, opening: str, closing: str, item: Any) -> Iterator[Any]:
        self.take(opening)
        while self.peek() != closing:
            yield item()
            self.skip(",")
        self.take(closing)

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def skip(self, token: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += found
        return found

    def take(self, wanted: str | None = None) -> str:
        token = self.tokens[self.at]
        if wanted is not None and token != wanted:
            raise ValueError(f"{wanted!r} expected at token {self.at} of signature {self.text!r}")
        self.at += 1
        return token

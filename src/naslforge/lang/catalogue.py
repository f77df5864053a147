"""Reads the standard library as data (stdlib/*.toml) into Builtin records."""

from dataclasses import dataclass

from naslforge.lang.types import Type, TypeVar


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type
    optional: bool = False
    variadic: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Overload:
    type_params: tuple[TypeVar, ...]
    params: tuple[Parameter, ...]
    result: Type


@dataclass(frozen=True, slots=True)
class Builtin:
    """One function of the library; `namespace` is `nasl.util`, `nasl.logging` …, '' for global functions."""

    namespace: str
    name: str
    overloads: tuple[Overload, ...]
    doc: str
    doc_zh: str
    nulls: str
    examples: tuple[tuple[str, object], ...]  # (expression, result as JSON; "error" where it fails)
    group: str = ""
    pure: bool = True

    @property
    def full_name(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name

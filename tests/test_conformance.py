"""The library against facts of the reference runtime: NASLFORGE_CONFORMANCE, or the shared file beside the checkout."""

import json
import math
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from naslforge.lang import Source, check
from naslforge.lang import types as t
from naslforge.run import library, ops
from naslforge.run.emit import Program, emit
from naslforge.run.library.dates import parse_instant
from naslforge.run.limits import Limits
from naslforge.run.values import EXACT, NaslError, Regex, Shapes, Struct, Time, plain_decimal
from naslforge.run.world import Runtime

NAMED = os.environ.get("NASLFORGE_CONFORMANCE")
FILE = Path(NAMED or Path(__file__).parents[2] / "shared/conformance/stdlib.jsonl")
OWN = Path(__file__).with_name("stdlib_cases.jsonl")


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8-sig").split("\n") if line.strip()]


CASES = read(FILE) if NAMED or FILE.is_file() else []  # a file that was named must be there
TYPE_FIRST = ("ToString", "New", "EnumItemToText", "EnumItemToStructure", "EnumToList")
NAMES = {
    "JsonSerialize": "nasl.util.jsonSerialize",
    "JsonDeserialize": "nasl.util.jsonDeserialize",
    "tryJSONParse": "nasl.util.jsonDeserialize",
}
OPERATORS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b if isinstance(a, str) and isinstance(b, str) else _sum(a, b),
    "minus": lambda a, b: ops.calculate("-", a, b),
    "multiply": lambda a, b: ops.calculate("*", a, b),
    "divide": ops.divide,
    "isEqual": ops.same,
    "startwith": ops.starts_with,
    "endwith": ops.ends_with,
    "isIn": ops.is_in,
    "isNull": lambda a: a is None,
}


def _sum(a: Any, b: Any) -> Any:
    if isinstance(a, str) or isinstance(b, str):
        return "".join("" if v is None else v if isinstance(v, str) else plain_decimal(v) for v in (a, b))
    return ops.calculate("+", a, b)


class Case:
    """One line of the file, read into values, called, and compared."""

    def __init__(self, case: dict[str, Any]):
        self.case = case
        self.zone = ZoneInfo(case.get("timezone") or "Asia/Shanghai")
        self.rt = Runtime(limits=Limits(), zone=self.zone)
        self.maps = case["function"].startswith("Map") or case["function"] in ("Length", "operator.isIn")
        self.shapes = self.read_types(case.get("types") or {})

    # --- types

    def read_types(self, given: dict[str, Any]) -> Shapes:
        fields: dict[str, Any] = {}
        enums: dict[str, Any] = {}
        defaults: dict[str, dict[str, Callable[[], Any]]] = {}
        self.kinds = {name: shape["kind"] for name, shape in given.items()}
        self.value_types = {name: shape.get("valueType", "String") for name, shape in given.items()}
        for name, shape in given.items():
            if shape["kind"] == "enum":
                number = shape.get("valueType") == "Long"
                enums[name] = tuple((str(v), int(v) if number else v, label) for v, label in shape["items"])
                continue
            own = shape["properties"]
            types = {p: v["type"] if isinstance(v, dict) else v for p, v in own.items()}
            fields[name] = tuple((p, self.type(text)) for p, text in types.items())
            defaults[name] = {
                p: (lambda v=v: self.value(v["default"])) for p, v in own.items() if isinstance(v, dict)
            }  # fmt: skip
        return Shapes(fields, enums, defaults)

    def type(self, text: str) -> t.Type:
        text = text.strip().removeprefix("nasl.core.").removeprefix("nasl.collection.")
        found = re.fullmatch(r"(\w+)<(.*)>", text)
        if found and found[1] == "List":
            return t.ListOf(self.type(found[2]))
        if found and found[1] == "Map":
            key, _, value = found[2].partition(",")
            return t.MapOf(self.type(key), self.type(value))
        if self.kinds.get(text) == "enum":
            return t.EnumType(text, self.value_types[text])
        return t.PRIMITIVES.get(text) or (t.Structure(text) if "." in text else t.ANY)

    # --- values

    def value(self, given: Any, type_: t.Type = t.ANY) -> Any:
        """A JSON value; an object is a Map or a structure, as the function wants it."""
        if isinstance(given, float):
            return Decimal(repr(given))
        if isinstance(given, list):
            item = type_.item if isinstance(type_, t.ListOf) else t.ANY
            return [self.value(v, item) for v in given]
        if not isinstance(given, dict):
            return self.text(given, type_) if isinstance(given, str) else given
        if "$type" in given:
            return self.typed(given)
        if "$lambda" in given:
            return self.function(given["$lambda"])
        if isinstance(type_, t.MapOf) or (self.maps and type_ == t.ANY):
            key, item = (type_.key, type_.value) if isinstance(type_, t.MapOf) else (t.ANY, t.STRING)
            inner = item if isinstance(type_, t.MapOf) else t.BINARY
            return {self.key(k, key): self.value(v, inner) for k, v in given.items()}
        types = dict(self.shapes.fields_of(type_)) if isinstance(type_, t.Structure) else {}
        return Struct(
            type_ if types else t.Anonymous(tuple((k, t.ANY) for k in given)),
            {k: self.value(v, types.get(k, t.BINARY)) for k, v in given.items()},
        )

    def text(self, given: str, type_: t.Type) -> Any:
        if type_ in (t.DATE, t.TIME, t.DATETIME):
            return self.typed({"$type": t.show(type_), "value": given})
        return given

    def key(self, key: str, type_: t.Type) -> Any:
        try:
            known = {t.LONG: int, t.DECIMAL: Decimal, t.BOOLEAN: {"true": True, "false": False}.__getitem__}
            return known.get(type_, str)(key)
        except (ValueError, KeyError, ArithmeticError):
            return key  # a key of another type than the one asked for

    def typed(self, given: dict[str, Any]) -> Any:
        kind, value = given["$type"], given.get("value")
        if kind == "Regex":
            return Regex(given["pattern"], given.get("flags") or "")
        if value is None:
            return None
        match kind:
            case "Decimal":
                return Decimal(str(value))
            case "Long":
                return int(value)
            case "DateTime":
                return parse_instant(value, self.zone)
            case "Date":
                return date.fromisoformat(value)
            case "Time":
                return Time.parse(value)
            case _:
                return self.value(value, self.type(kind))

    def function(self, given: dict[str, Any]) -> Callable[..., Any]:
        program = compiled(tuple(given["params"]), given["body"])
        return program.load(self.rt)[program.functions["app.logics.f"]]  # type: ignore[no-any-return]

    # --- the call

    def prepare(self) -> None:
        """The arguments as values, the types given among them apart."""
        name = self.case["function"]
        given = self.case["args"]
        self.refs = [self.type(a["$typeRef"]) for a in given if isinstance(a, dict) and "$typeRef" in a]
        plain = [a for a in given if not (isinstance(a, dict) and "$typeRef" in a)]
        if name in ("AddDays", "SubDays", "AddMonths") and plain[-1] == "format":
            plain.pop()
        if name in ("FormatNumber", "FormatPercent"):
            plain = [None if a is False else a for a in plain]
        first = self.refs[0] if self.refs and name in ("ToString", "Clear") else t.ANY
        if self.maps and len(plain) > 1 and not isinstance(plain[1], str):
            first = t.MapOf(key_type(plain[1]), t.BINARY)  # keys stand as text in the file, but have types here (D45)
        self.args = [self.value(a, first if i == 0 else t.ANY) for i, a in enumerate(plain)]

    def result(self) -> Any:
        name = self.case["function"]
        if name.startswith("operator."):
            return OPERATORS[name.removeprefix("operator.")](*self.args)
        full = NAMES.get(name, f"nasl.util.{name}")
        extra = {"rt": self.rt, "types": tuple(self.refs or [t.ANY]), "shapes": self.shapes}
        needed = {k: v for k, v in extra.items() if k in library.needs(full)}
        return library.FUNCTIONS[full](*self.args, **needed)

    def check(self) -> None:
        self.prepare()
        before = [json.dumps(self.plain(arg)) for arg in self.args]
        expected = self.case["expected"]
        try:
            with localcontext(EXACT):
                result = self.result()
        except NaslError as error:
            assert expected == {"$error": True}, error
            return
        assert expected != {"$error": True}, f"no error: {result!r}"
        self.compare(result, expected)
        if "returnsArg" in self.case:
            assert result is self.args[self.case["returnsArg"]]
        after = self.case.get("argsAfter") or {}
        for i, arg in enumerate(self.args):
            if str(i) in after:
                same(self.plain(arg), after[str(i)])
            else:
                assert json.dumps(self.plain(arg)) == before[i], "an argument was changed"

    def compare(self, result: Any, expected: Any) -> None:
        if expected == {"$any": True}:
            return
        shown = self.plain(result)
        if self.case["function"] == "ConvertTimezone":
            shown = result.isoformat(timespec="seconds")
        if isinstance(expected, dict) and expected.get("$type") == "Date" and isinstance(result, datetime):
            shown = result.astimezone(self.zone).date().isoformat()  # the third argument "format" of AddDays
        for name in self.case.get("ignoreFields") or ():
            expected = {k: v for k, v in expected.items() if k != name}
            shown.pop(name, None)
        same(shown, expected)

    def plain(self, value: Any) -> Any:
        """A value as comparable JSON."""
        if isinstance(value, list):
            return [self.plain(v) for v in value]
        if isinstance(value, Struct):
            return {k: self.plain(v) for k, v in value.fields.items()}
        if isinstance(value, dict):
            return {_key(k): self.plain(v) for k, v in value.items()}
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        if callable(value) or isinstance(value, Regex):
            return None
        return str(value) if isinstance(value, date | Time) else value


def key_type(value: Any) -> t.Type:
    """The type of the keys of a map that is asked for this one."""
    kinds: dict[type, t.Type] = {bool: t.BOOLEAN, int: t.LONG, float: t.DECIMAL}
    return kinds.get(type(value), t.STRING)


def _key(key: Any) -> str:
    if key is None or isinstance(key, bool):
        return json.dumps(key)
    return plain_decimal(key) if isinstance(key, Decimal) else str(key)


def same(shown: Any, expected: Any) -> None:
    if isinstance(expected, dict) and "$type" in expected:
        if expected["$type"] == "DateTime":
            assert datetime.fromisoformat(shown) == datetime.fromisoformat(expected["value"])
        else:
            assert shown == expected["value"]
    elif isinstance(expected, dict):
        assert isinstance(shown, dict) and shown.keys() == expected.keys(), (shown, expected)
        for key, value in expected.items():
            same(shown[key], value)
    elif isinstance(expected, list):
        assert isinstance(shown, list) and len(shown) == len(expected), (shown, expected)
        for a, b in zip(shown, expected, strict=True):
            same(a, b)
    elif isinstance(expected, int | float) and not isinstance(expected, bool):
        assert isinstance(shown, int | float) and not isinstance(shown, bool), (shown, expected)
        assert math.isclose(shown, expected, rel_tol=1e-12), (shown, expected)
    else:
        assert shown == expected and type(shown) is type(expected)


@cache
def compiled(params: tuple[str, ...], body: str) -> Program:
    """A lambda of the file as a logic over values of type Any, through the whole chain."""
    given = ", ".join(f"{param}: Any" for param in params)
    text = f"export namespace app.logics {{ export function f({given}): Any {{ return {body}; }} }}"
    checked = check([Source("lambda.ts", text)])
    faults = [d.message for d in checked.errors if d.rule.stage != "practice"]
    assert not faults, faults
    return emit(checked)


@pytest.mark.parametrize("case", read(OWN), ids=lambda case: case["id"])
def test_own_case(case: dict[str, Any]) -> None:
    """Facts that we derived from the reference and from JavaScript, in the same form; `note` tells the source."""
    Case(case).check()


@pytest.mark.skipif(not CASES, reason="no file of conformance cases: set NASLFORGE_CONFORMANCE")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_conformance(case: dict[str, Any]) -> None:
    Case(case).check()

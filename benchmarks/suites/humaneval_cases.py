"""What a humaneval-zh source says (humaneval_zh/NNN.toml) and the original cases in our form.

The original cases and those of HumanEval+ are facts: inputs and results, turned into values that fit the signature.
"""

import gzip
import json
import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from naslforge.journal import InputError
from naslforge.records import DIFFICULTIES, Task
from naslforge.strength import shape

HERE = Path(__file__).parent / "humaneval_zh"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "humaneval" / "humaneval_plus_io.jsonl.gz"
SUITE = "humaneval-zh"
SOURCE = "facts of openai/human-eval (MIT) and evalplus/evalplus (Apache-2.0), worded for naslforge"
_KEYS = {
    "number", "name", "difficulty", "instruction", "instruction_en", "signature", "preconditions", "tolerance",
    "ordered", "tags", "require", "generate", "examples", "adapt", "drop", "context",
}  # fmt: skip
_CLOSE = 1e-6  # how near an exact result is to that of floating point
_LARGEST = 2**53  # a whole number beyond is text in JSON


@dataclass(slots=True)
class Problem:
    """One source file and its two references (empty text where one is not written yet)."""

    number: int
    row: dict[str, Any]
    a: str
    b: str
    types: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()

    @property
    def tolerance(self) -> float | None:
        return self.row.get("tolerance")

    @property
    def ordered(self) -> bool:
        return bool(self.row.get("ordered", True))

    def fulfils(self, args: list[Any]) -> bool:
        """Do the arguments keep to the preconditions?"""
        if "require" not in self.row:
            return True
        return bool(_value(self.row["require"], dict(zip(self.parameters, args, strict=True))))

    def task(self, tests: list[dict[str, Any]], meta: dict[str, Any]) -> Task:
        """The task with some tests; the reference is `a`."""
        row = self.row
        name = re.search(r"function (\w+)", row["signature"])
        return Task.from_json({
            "id": f"{SUITE}/{row['name']}", "sublanguage": "base", "instruction": row["instruction"].strip(),
            "instruction_en": row["instruction_en"].strip(), "context": row.get("context", ""),
            "entry": f"app.logics.{name[1] if name else ''}", "signature": row["signature"], "world": {},
            "tests": tests,
            "meta": {
                "source": SOURCE, "license": "Apache-2.0", **meta, "difficulty": row["difficulty"],
                "tags": row.get("tags", []), "preconditions": row["preconditions"],
                "humaneval": f"HumanEval/{self.number}", "reference": self.a,
            },
        })  # fmt: skip


@dataclass(slots=True)
class Cases:
    """Source cases in our form as (arguments, result, is it an original one), and why others were left out."""

    found: list[tuple[list[Any], Any, bool]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read_problems(only: set[str] | None = None) -> list[Problem]:
    """All sources in the order of their numbers. Raises InputError that names the file."""
    found = []
    for path in sorted(HERE.glob("*.toml")):
        if only and path.stem not in only:
            continue
        try:
            found.append(_problem(path))
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise InputError(repr(error), path) from error
    names = Counter(problem.row["name"] for problem in found)
    if twice := [name for name, count in names.items() if count > 1]:
        raise InputError(f"two tasks are called {', '.join(twice)}", HERE)
    return found


def _problem(path: Path) -> Problem:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := set(row) - _KEYS:
        raise ValueError(f"unknown key {sorted(unknown)[0]}")
    if row["number"] != int(path.stem) or row["difficulty"] not in DIFFICULTIES:
        raise ValueError("the number is the name of the file, the difficulty one of " + ", ".join(DIFFICULTIES))
    texts = [path.parent / room / f"{path.stem}.ts" for room in "ab"]
    a, b = (text.read_text(encoding="utf-8") if text.exists() else "" for text in texts)
    problem = Problem(row["number"], row, a, b)
    found = shape(problem.task([], {}))
    if found is None:
        raise ValueError("the signature cannot be read")
    problem.types = found.types
    problem.parameters = tuple(re.findall(r"(\w+)\s*:", _without_types(found.head)))
    if len(problem.parameters) != len(row["generate"]) or len(found.types) != len(problem.parameters) + 1:
        raise ValueError("one generator for each parameter")
    return problem


def _without_types(head: str) -> str:
    """The head of a function without the fields of anonymous structures."""
    return re.sub(r"\{[^{}]*\}", "", head)


def source_cases(problem: Problem, known: dict[int, list[dict[str, Any]]]) -> Cases:
    """The original and the HumanEval+ cases of a problem, as far as they fit."""
    cases = Cases()
    for case in known.get(problem.number, []):
        args, out = _plain(case["in"]), _plain(case["out"])
        reason = _reason(problem, args, out)
        if reason is None:
            adapt = problem.row.get("adapt", {})
            names = {"args": args, "out": out}
            args = _value(adapt["args"], names) if "args" in adapt else args
            out = _value(adapt["expect"], names) if "expect" in adapt else out
            reason = _misfit(problem, args, out)
        if reason is None:
            cases.found.append((args, out, bool(case.get("base"))))
        else:
            cases.left_out[reason] += 1
    return cases


def adapted(problem: Problem, args: list[Any], out: Any) -> list[Any] | None:
    """A result of the original program in our form, as a list of one; None for what the source's cases leave out."""
    if _reason(problem, args, out) is not None:
        return None
    adapt = problem.row.get("adapt", {})
    out = _value(adapt["expect"], {"args": args, "out": out}) if "expect" in adapt else out
    return None if _misfit(problem, args, out) else [out]


def known_cases() -> dict[int, list[dict[str, Any]]]:
    """The cases of all problems by number. Raises InputError where the shared data are absent."""
    if not SHARED.exists():
        raise InputError("the original cases are not here", SHARED, hint="lay the shared folder beside the checkout")
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {int(row["task_id"].rpartition("/")[2]): row["cases"] for row in rows}


def same(one: Any, other: Any, tolerance: float = 0, ordered: bool = True) -> bool:
    """Are two results equal for the task? A Decimal with many digits comes as text."""
    if isinstance(one, list) and isinstance(other, list):
        if not ordered:
            one, other = (sorted(side, key=lambda item: json.dumps(item, sort_keys=True)) for side in (one, other))
        return len(one) == len(other) and all(same(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key], tolerance) for key in one)
    if _is_number(one) or _is_number(other) or (tolerance and isinstance(one, str) and isinstance(other, str)):
        try:
            return abs(Decimal(str(one)) - Decimal(str(other))) <= Decimal(str(tolerance))
        except ArithmeticError:
            pass  # texts that are no numbers
    return type(one) is type(other) and bool(one == other)


def near(one: Any, other: Any) -> bool:
    """Is an exact result that of floating point?"""
    largest = max((abs(float(number)) for number in _numbers(other)), default=0.0)
    return same(one, other, _CLOSE * max(1.0, largest))


def _reason(problem: Problem, args: list[Any], out: Any) -> str | None:
    for rule in problem.row.get("drop", []):
        if _value(rule["when"], {"args": args, "out": out}):
            return str(rule["why"])
    return None


def _misfit(problem: Problem, args: list[Any], out: Any) -> str | None:
    if len(args) != len(problem.parameters):
        return "other number of arguments"
    if not all(_fits(value, of) for value, of in zip([*args, out], problem.types, strict=True)):
        return "does not fit the types"
    return None if problem.fulfils(args) else "breaks a precondition"


def _fits(value: Any, of: str) -> bool:
    """Can a JSON value stand for a NASL type as written? Null fits everything."""
    if value is None:
        return True
    if inner := re.fullmatch(r"List<(.*)>", of):
        return isinstance(value, list) and all(_fits(item, inner[1]) for item in value)
    if inner := re.fullmatch(r"Map<\w+, (.*)>", of):
        return isinstance(value, dict) and all(_fits(item, inner[1]) for item in value.values())
    match of:
        case "Long":
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
        case "Decimal":
            return _is_number(value) and math.isfinite(value)
        case "Boolean":
            return isinstance(value, bool)
        case "String":
            return isinstance(value, str) and all(ord(character) < 0xD800 for character in value)
    return isinstance(value, dict)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    if isinstance(value, dict):
        return _numbers(list(value.values()))
    return [value] if _is_number(value) else []


def _plain(value: Any) -> Any:
    """A source value without the tags that stand for what JSON lacks."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    match [*value.items()]:
        case [("$tuple" | "$set", items)]:
            return [_plain(item) for item in items]
        case [("$dict", items)]:
            return {key if isinstance(key, str) else json.dumps(key): _plain(item) for key, item in items}
        case [("$bigint", digits)]:
            return int(digits)
        case [("$float", text)]:
            return float(text)
    return {key: _plain(item) for key, item in value.items()}


def _balanced(text: str, pair: str) -> bool:
    depth = 0
    for mark in text:
        depth += 1 if mark == pair[0] else -1
        if depth < 0:
            return False
    return depth == 0


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


_NAMES: dict[str, Any] = {
    "abs": abs, "all": all, "any": any, "bool": bool, "dict": dict, "float": float, "int": int, "len": len,
    "isinstance": isinstance, "list": list, "max": max, "min": min, "range": range, "round": round, "set": set,
    "sorted": sorted, "str": str, "sum": sum, "type": type, "zip": zip, "enumerate": enumerate,
    "balanced": _balanced, "matches": _matches,
}  # fmt: skip


def _value(expression: str, names: dict[str, Any]) -> Any:
    """A Python expression of our own sources, evaluated."""
    return eval(expression, {"__builtins__": {}, **_NAMES, **names})

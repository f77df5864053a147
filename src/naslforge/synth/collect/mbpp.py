"""MBPP: Python problems with asserts to base-language tasks. Hand-checked wording and tests are preferred.

Reads mbpp.jsonl, and beside it mbpp_sanitized.jsonl (better wording) and mbpp_plus_io.jsonl (more cases).
"""

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from naslforge.records import Task
from naslforge.synth.collect.asserts import Case, called_function, read_assert
from naslforge.synth.collect.collected import Drop, attempt
from naslforge.synth.collect.literals import constant, parse_python
from naslforge.synth.collect.origins import ORIGINS, origin_meta
from naslforge.synth.collect.rows import Row, find_file, find_optional, read_rows
from naslforge.synth.collect.shapes import Inexpressible
from naslforge.synth.collect.signatures import fits, infer, write_test

HELD_OUT = range(11, 131)
MAX_TESTS = 20
MIN_TESTS = 3


def collect_mbpp(path: Path, drop: Drop, max_tests: int = MAX_TESTS) -> Iterator[Task]:
    """The MBPP problems that NASL can express; each left-out problem, test and case is dropped with its reason."""
    main = find_file(path, "mbpp.jsonl", "mbpp_sanitized.jsonl")
    checked = _by_id(find_optional(path, "mbpp_sanitized.jsonl"), drop)
    plus = _by_id(find_optional(path, "mbpp_plus_io.jsonl"), drop)
    for row in read_rows(main, ("task_id", "code", "test_list"), drop):
        number, name = row["task_id"], f"mbpp/{row['task_id']}"
        if not isinstance(number, int):
            drop("row of an unexpected shape", name)
            continue
        if number in HELD_OUT:
            drop("held out for evaluation", name)
            continue
        row |= checked.get(number, {})
        make = partial(_task, name, row, number in checked, plus.get(number), drop, max_tests)
        yield from attempt(make, drop, name)


def _by_id(path: Path | None, drop: Drop) -> dict[int, Row]:
    rows = read_rows(path, ("task_id",), drop) if path else ()
    return {row["task_id"]: row for row in rows if isinstance(row["task_id"], int)}


def _task(name: str, row: Row, checked: bool, plus: Row | None, drop: Drop, max_tests: int) -> Task:
    code = parse_python(row["code"].replace("\r\n", "\n").replace("\r", "\n"))
    lines = row["test_list"] + row.get("challenge_test_list", [])
    function = called_function(lines)
    if function is None:
        raise Inexpressible("no function is called in the tests")
    definition = _definition(code, function)
    cases = _cases(name, lines, function, definition, drop)
    params = _parameters(definition, max(len(c.args) for c in cases))
    signature = infer(function, params, cases)
    more = _plus_cases(name, plus, cases, drop) if plus else []
    fitting = [c for c in more if fits(signature, c)]
    for _ in range(len(more) - len(fitting)):
        drop("plus case: of another type", name)
    tests = [write_test(signature, c) for c in (cases + fitting)[:max_tests]]
    text = row.get("prompt") or row["text"]
    meta = origin_meta("mbpp_sanitized" if checked else "mbpp", row["task_id"], text, difficulty(code), ["mbpp"])
    meta["original"]["function"] = function
    if fitting:
        meta["tests_from"] = ORIGINS["mbpp_plus"]
    return Task(
        id=name, sublanguage="base", instruction=text, instruction_en=text, entry=signature.entry,
        signature=signature.line, tests=tests, meta=meta,
    )  # fmt: skip


def _definition(code: ast.Module, function: str) -> ast.FunctionDef:
    found = [n for n in code.body if isinstance(n, ast.FunctionDef) and n.name == function]
    if not found:
        raise Inexpressible("tested name that is no function of the reference")
    if found[-1].args.vararg or found[-1].args.kwarg:
        raise Inexpressible("any number of arguments")
    return found[-1]


def _parameters(definition: ast.FunctionDef, count: int) -> list[str]:
    return [a.arg for a in definition.args.posonlyargs + definition.args.args][:count]


def _cases(name: str, lines: list[str], function: str, definition: ast.FunctionDef, drop: Drop) -> list[Case]:
    """The cases of the asserts, arguments filled up to one length. Raises Inexpressible when too few are left."""
    cases: list[Case] = []
    reasons: list[str] = []
    for line in lines:
        try:
            case = read_assert(line, function)
            if case.args not in [c.args for c in cases]:
                cases.append(case)
        except Inexpressible as error:
            reasons.append(str(error))
            drop(f"test: {error}", name)
    if len(cases) < MIN_TESTS:
        raise Inexpressible(reasons[0] if reasons else f"fewer than {MIN_TESTS} different tests")
    width = max(len(c.args) + len(c.keywords) for c in cases)
    ordered = all(c.ordered for c in cases)
    return [Case(_filled(c, definition, width), (), c.expect, ordered, c.tolerance) for c in cases]


def _filled(case: Case, definition: ast.FunctionDef, width: int) -> tuple[Any, ...]:
    """The arguments by position: named ones in their place, missing ones from the defaults of the definition."""
    params = _parameters(definition, width)
    known = dict(zip(reversed(params), map(constant, reversed(definition.args.defaults)), strict=False))
    known |= dict(zip(params, case.args, strict=False)) | dict(case.keywords)
    if len(case.args) > len(params) or any(p not in known for p in params):
        raise Inexpressible("number of arguments does not fit the function")
    return tuple(known[p] for p in params)


def _plus_cases(name: str, plus: Row, cases: list[Case], drop: Drop) -> list[Case]:
    """The MBPP+ pairs with new arguments. Raises Inexpressible when they contradict the asserts."""
    found: list[Case] = []
    known = {repr(c.args): c for c in cases}
    for pair in plus.get("cases", []):
        try:
            args = tuple(untag(a) for a in pair["in"])
            case = Case(args, (), untag(pair["out"]), cases[0].ordered, plus.get("atol") or None)
        except Inexpressible as error:
            drop(f"plus case: {error}", name)
            continue
        if repr(args) not in known:
            known[repr(args)] = case
            found.append(case)
    return found


def untag(value: Any) -> Any:
    """A tagged JSON value of the MBPP+ file as the Python value it stands for. Raises Inexpressible."""
    match value:
        case {"$tuple": items}:
            return tuple(map(untag, items))
        case {"$set": items}:
            return sorted(map(untag, items), key=repr)
        case {"$dict": pairs}:
            return {untag(k): untag(v) for k, v in pairs}
        case {"$bigint": digits}:
            return int(digits)
        case {"$float": text}:
            return float(text)
        case {"$complex": _}:
            raise Inexpressible("value of type complex")
        case dict():
            return {k: untag(v) for k, v in value.items()}
        case list():
            return list(map(untag, value))
    return value


_BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.comprehension, ast.Lambda, ast.Try)


def difficulty(code: ast.AST) -> str:
    """easy, medium or hard by what the reference does: branches, loops and nesting count, library calls half."""
    nodes = list(ast.walk(code))
    branches = sum(isinstance(n, _BRANCHES) for n in nodes)
    calls = sum(isinstance(n, ast.Call) for n in nodes)
    functions = sum(isinstance(n, ast.FunctionDef) for n in nodes)
    weight = branches + calls / 2 + 2 * (functions - 1)
    return "easy" if weight < 2.5 else "medium" if weight < 6 else "hard"

"""The catalogue against the platform's list of functions: every one is there with all its overloads and words.

The list is `../shared/nasl/stdlib.json` beside the checkout; without it there is nothing to compare with.
"""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from naslforge.lang import Builtin, Source, catalogue, check, validation_rules
from naslforge.run import CallSpec, execute, library

FILE = Path(__file__).parents[2] / "shared/nasl/stdlib.json"
GIVEN: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else []
pytestmark = pytest.mark.skipif(not GIVEN, reason="no shared/nasl/stdlib.json beside the checkout")

# What is no function that runs: parts of statements and literals, raw JavaScript and SQL text, logics of table objects
# (run/entities.py), functions that only have a meaning over rows (run/sqlfunctions.py), the rules of form items
# (run/validation.py).
NOT_CALLED = {
    "ListEntries": "a part of for",
    "ForEach": "a part of for",
    "abort": "a statement of its own",
    "nasl.util.NewMap": "a literal",
    "nasl.util.NewEntity": "a literal",
    "nasl.util.NewStructure": "a literal",
    "nasl.util.NewAnonymousStructure": "a literal",
    "nasl.js.block": "raw JavaScript is not run (D24)",
    "nasl.oql.query": "SQL text is not run",
    "ON": "a part of a join",
    "COUNT": "over rows",
    "COUNT_DISTINCT": "over rows",
    "SUM": "over rows",
    "AVG": "over rows",
    "MAX": "over rows",
    "MIN": "over rows",
    "GROUP_CONCAT": "over rows",
}
PROJECT = """
export namespace app.enums { export enum Status { /** Open it */ open = 'open', /** Closed */ closed = 'closed' } }
export namespace app.structures { export class Point { x: Long; y: Long; } }
export namespace app.dataSources.defaultDS.entities {
  export class Order { @Property({ primaryKey: true, generationRule: 'auto' }) id: Long; orderNo: String; }
}
"""


def full_name(row: dict[str, Any]) -> str:
    namespace = row["namespace"]
    if namespace.startswith("app.dataSources."):
        return f"entity.{row['name']}"
    return f"{namespace}.{row['name']}" if namespace not in ("", "oql") else str(row["name"])


def written(overload: dict[str, Any]) -> str:
    """An overload in the form of the catalogue, without blanks."""

    def param(p: dict[str, Any]) -> str:
        text = ("..." if p.get("rest") else "") + p["name"] + ("?" if p["optional"] else "") + ":" + p["type"]
        return text if p["default"] is None else f"{text}={p['default']}"

    types = f"<{','.join(overload['typeParams'])}>" if overload["typeParams"] else ""
    return re.sub(r"\s", "", f"{types}({','.join(map(param, overload['params']))}):{overload['returns']}")


def known(name: str) -> Builtin | None:
    return catalogue().get(name) or validation_rules().get(name)


@pytest.mark.parametrize("row", GIVEN, ids=full_name)
def test_every_function_is_in_the_table_with_all_overloads(row: dict[str, Any]) -> None:
    builtin = known(full_name(row))
    assert builtin is not None
    assert [re.sub(r"\s", "", o.text) for o in builtin.overloads] == [written(o) for o in row["overloads"]]


@pytest.mark.parametrize("row", GIVEN, ids=full_name)
def test_every_function_has_its_words(row: dict[str, Any]) -> None:
    builtin = known(full_name(row))
    assert builtin is not None
    assert builtin.doc and builtin.doc_zh and re.search("[一-鿿。]", builtin.doc_zh)
    if row["kind"] != "rule":
        assert builtin.doc == row["doc"]
        assert builtin.nulls == row["nulls"].removeprefix("-").strip()
        assert builtin.server == row["server"]


def test_nothing_is_invented() -> None:
    names = {full_name(row) for row in GIVEN}
    assert {b.full_name for b in catalogue()} | validation_rules().keys() == names


def test_what_can_be_called_has_a_function() -> None:
    lacking = {b.full_name for b in catalogue() if b.kind != "entity" and b.full_name not in library.FUNCTIONS}
    assert lacking == NOT_CALLED.keys()


EXAMPLES = [(full_name(row), i, e) for row in GIVEN for i, e in enumerate(row["examples"]) if e.get("verified")]


@pytest.mark.parametrize(("name", "i", "example"), EXAMPLES, ids=[f"{name}-{i}" for name, i, _ in EXAMPLES])
def test_verified_examples(name: str, i: int, example: dict[str, Any]) -> None:
    """From text over checking to the result."""
    body = f"{example.get('setup', '')} return {example['expr']};"
    text = f"{PROJECT}\nexport namespace app.logics {{ export function example() {{ {body} }} }}"
    checked = check([Source("example.ts", text)])
    faults = [d for d in checked.errors if "throws" not in example or d.rule.stage != "practice"]
    assert not faults, [d.message for d in faults]
    outcome = execute(checked, [CallSpec("app.logics.example")])[0]
    if "throws" in example:
        assert outcome.status == "runtime_error"
        return
    assert outcome.status == "passed", outcome.message
    assert same(outcome.shown, example["result"]), outcome.shown


def same(shown: Any, expected: Any) -> bool:
    try:
        return datetime.fromisoformat(shown) == datetime.fromisoformat(expected)  # the same instant
    except (TypeError, ValueError):
        return bool(shown == expected) and isinstance(shown, bool) == isinstance(expected, bool)


@pytest.mark.parametrize("name", [b.full_name for b in catalogue() if b.side == "page" and b.kind == "function"])
def test_functions_of_pages_are_refused_elsewhere(name: str) -> None:
    builtin = catalogue()[name]
    args = ", ".join("null" for p in builtin.overloads[0].params if not p.optional)
    text = f"export namespace app.logics {{ export function f() {{ {name}({args}); }} }}"
    assert "client-only" in {d.rule.name for d in check([Source("f.ts", text)]).errors} or name == "nasl.js.block"

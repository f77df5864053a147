"""The manual: budgets that hold, the functions that programs use, and every example checked and run."""

import json
import re
from functools import cache
from importlib.resources import files

import pytest

from naslforge import lang
from naslforge.lang import Source, check, format_source
from naslforge.lang.components import components, validations
from naslforge.lang.listing import main_entries
from naslforge.run import CallSpec, execute

FOLDER = files("naslforge.lang") / "chapters"
CHAPTERS = {f.name: f.read_text("utf-8") for f in FOLDER.iterdir() if f.name.endswith(".md")}
BLOCKS = [
    (name, m[1])
    for name, text in sorted(CHAPTERS.items())
    for m in re.finditer(r"^```ts\n(.*?)^```", text, re.M | re.S)
]
PROJECT = """
export namespace app.enums { export enum E { /** 甲 */ a = 'a' } }
export namespace app.structures { export class Line { name: String; price: Decimal; } }
export namespace app.dataSources.defaultDS.entities {
  export class Customer { @Property({ primaryKey: true, generationRule: 'auto' }) id: Long; city: String; }
  export class Order {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    orderNo: String;
    customerId: Long;
    amount: Decimal;
    status: String;
  }
}
export namespace app.logics {
  export declare function findOrders(orderNo: String, page: Long, size: Long):
    { list: List<app.dataSources.defaultDS.entities.Order>, total: Long };
}
"""
VARIABLES = """
    let rows: List<{ city: String, total: Decimal }>;
    let page: { list: List<app.dataSources.defaultDS.entities.Order>, total: Long };
    let label: String;
    let level: Long;
    let minimum: Decimal;
    let keyword: String;
    let status: String;
"""
# What the chapters say comes out, and an expression that shows it.
CLAIMS = [
    ("`7 / 2` 是 3.5", "7 / 2", 3.5),
    ("向零取整，得 Long", "nasl.util.TruncDivide(-7, 2)", -3),
    ("null 拼成空文本", "null + 'a'", "a"),
    ("`%` 的符号随左边", "(0 - 7) % 3", -1),
    ("按内容比较用 `nasl.util.Contains([a], b)`", "nasl.util.Contains([{ a: 1 }], { a: 1 })", True),
    ("一边是 null 得 false", "nasl.util.ListSum(nasl.util.NewList<Long>([])) < 1", False),
    ("空列表的 ListSum、ListMax、ListMin、ListAverage 得 null", "nasl.util.ListSum(nasl.util.NewList<Long>([]))", None),
    ("MapGet 没有键得 null", "nasl.util.MapGet(nasl.util.NewMap<String, Long>({ a: 1 }), 'b')", None),
    ("第三个参数是长度", "nasl.util.SubString('abcdef', 1, 3)", "bcd"),
    ("`Replace`（替换全部）", "nasl.util.Replace('a.b.c', '.', '-')", "a-b-c"),
    ("（0 到 9）", "nasl.util.ListLast(nasl.util.ListRange(0, 10, 1))", 9),
]  # fmt: skip


@cache
def run(expression: str) -> object:
    *before, value = expression.split("; ")
    body = "".join(f"{statement}; " for statement in before)
    text = f"{PROJECT}export namespace app.logics {{ export function f() {{ {body}return {value}; }} }}"
    checked = check([Source("claim.ts", text)])
    assert not checked.errors, (expression, [d.message for d in checked.errors])
    outcome = execute(checked, [CallSpec("app.logics.f")])[0]
    assert outcome.status == "passed", (expression, outcome.message)
    return outcome.shown


@pytest.mark.parametrize("sublanguage", lang.MANUAL_BUDGETS)
def test_the_manual_keeps_every_budget_down_to_its_first_chapter(sublanguage: str) -> None:
    least = lang.tokens(lang.manual(sublanguage, 0))
    for budget in (lang.MANUAL_BUDGETS[sublanguage], 12_000, 8_000, 4_000, 2_500):
        assert lang.tokens(lang.manual(sublanguage, budget)) <= max(budget, least)
    assert least < 2_000


@pytest.mark.parametrize("sublanguage", lang.MANUAL_BUDGETS)
def test_a_project_with_entities_needs_their_manual(sublanguage: str) -> None:
    chapters = [
        (files("naslforge.lang") / f"chapters/{name}.md").read_text("utf-8").strip() for name in ("entity", "query")
    ]
    text = lang.manual(sublanguage, 12_000, entities=True)
    assert all(text.count(chapter) == 1 for chapter in chapters)


def test_the_budgets_of_the_issue() -> None:
    assert lang.MANUAL_BUDGETS["base"] == 4_000 and lang.MANUAL_BUDGETS["all"] == 12_000


def test_a_small_manual_still_names_what_programs_use() -> None:
    """Of all uses in recorded and generated programs, the manual for 4,000 tokens names nearly all functions."""
    uses = json.loads((files("naslforge.lang") / "uses.json").read_text("utf-8"))
    text = lang.manual("base", 4_000)
    named = sum(count for name, count in uses.items() if re.search(rf"\b{name.rpartition('.')[2]}\b", text))
    assert named >= 0.98 * sum(uses.values())
    assert set(uses) <= set(lang.catalogue().names())


def test_the_estimate_counts_rather_too_many() -> None:
    assert lang.tokens("") == 0
    assert lang.tokens("按金额从大到小排序") >= 7
    assert lang.tokens("export function averageAbove(scores: List<Decimal>)") >= 12


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=[f"{name}-{i}" for i, (name, _) in enumerate(BLOCKS)])
def test_every_program_in_the_chapters_is_right(name: str, block: str) -> None:
    whole = block.startswith("export")
    text = block if whole else f"export namespace app.logics {{ export function f() {{ {VARIABLES} {block} }} }}"
    checked = check([Source("project.ts", PROJECT, context=True), Source(name, text)])
    errors = [d for d in checked.diagnostics if d.is_error]
    assert not errors, [d.message for d in errors]
    if name == "core.md" and whole:
        assert format_source(text) == text


@pytest.mark.parametrize(("said", "expression", "expected"), CLAIMS)
def test_what_the_chapters_claim(said: str, expression: str, expected: object) -> None:
    assert any(said in text for text in CHAPTERS.values())
    assert run(expression) == expected


@pytest.mark.parametrize("sublanguage", lang.MANUAL_BUDGETS)
def test_every_shown_example_is_one_of_the_library(sublanguage: str) -> None:
    """tests/test_library.py runs all of those."""
    known = {(e.replace("nasl.util.", ""), json.dumps(r)) for b in lang.catalogue() for e, r in b.examples}
    shown = re.findall(r"例：`(.*?)` 得 `(.*?)`$", lang.manual(sublanguage), re.M)
    assert len(shown) > 50
    assert {(expression, json.dumps(json.loads(result))) for expression, result in shown} <= known


def test_every_function_that_chapters_name_exists() -> None:
    for text in CHAPTERS.values():
        for name in re.findall(r"\bnasl\.\w+\.\w+", text):
            known = name in lang.catalogue() or name.removeprefix("nasl.validation.") in validations()
            assert known or name in ("nasl.util.函数名", "nasl.util.F"), name


def test_what_is_told_of_components_is_in_their_table() -> None:
    for name, words in main_entries().items():
        component = components()[name]
        slots = {f"slot{slot[0].upper()}{slot[1:]}" for slot in component.slots}
        methods = {f"{method}()" for method in component.methods}
        assert set(words) <= {*component.properties, *component.events, *slots, *methods}, name


@pytest.mark.parametrize("sublanguage", ["page", "all"])
def test_the_manual_of_pages_names_every_component(sublanguage: str) -> None:
    text = lang.manual(sublanguage, lang.MANUAL_BUDGETS[sublanguage])
    assert [name for name in components() if not re.search(rf"\b{name}\b", text)] == []
    assert "- UInput：value⇄，type: text|password" in text
    assert "slotCell(current)" in text

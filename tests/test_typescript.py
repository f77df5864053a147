"""The sister dialect: plain TypeScript that says the same, with nothing of NASL in it."""

import re

import pytest

from naslforge.lang import Source, nodes, parse
from naslforge.synth import families, typescript

CASES = {
    "let result: List<String>;": "let result: string[] = [];",
    "let seen: Map<String, Long>;": "let seen: Map<string, number> = new Map();",
    "let day: Date;": "let day: Date;",
    "let line: app.structures.Line;": "let line: Line = {};",
    "result = nasl.util.ListFilter(rows, (item) => item.price > 3);": "result = rows.filter((item) => item.price > 3);",
    "nasl.util.Add(result, nasl.util.ToUpper(name));": "result.push(name.toUpperCase());",
    "nasl.util.ListSort(rows, (item) => ({ by: item.age, asc: false }));":
        "rows = _.orderBy(rows, [(item) => item.age], ['desc']);",
    "result = 'No. ' + nasl.util.ToString(n) + '!';": "result = 'No. ' + String(n) + '!';",
    "result = (a + b) * 2;": "result = (a + b) * 2;",
    "result = nasl.util.FromString<Long>(a + b);": "result = Number(a + b);",
    "result = nasl.util.Length(a + b) == 3;": "result = (a + b).length === 3;",
    "if (status != app.enums.Status.open) { return; }": "if (status !== Status.open) {\n  return;\n}",
    "for (const [index, item] of ListEntries(xs)) { total = total + item; }":
        "for (const item of xs) {\n  total = total + item;\n}",
    "for (const [index, item] of ListEntries(xs, 1)) { total = total + index; }":
        "for (const [index, item] of xs.slice(1).entries()) {\n  total = total + index;\n}",
    "result = nasl.util.MatchRegex(s, new nasl.util.Regex({ pattern: '\\\\d+', flags: 'g' }));":
        "result = s.match(/\\d+/g) ?? [];",
    "order = app.dataSources.defaultDS.entities.OrderEntity.get(id);": "order = await db.Order.findUnique(id);",
    "result = FROM(app.dataSources.defaultDS.entities.OrderEntity, Order => $.WHERE(Order.a == a)"
    ".ORDER_BY([Order.b, 'DESC']).LIMIT(3));":
        "result = await db.Order.findMany((Order) => ({\n  where: Order.a === a,\n  orderBy: [desc(Order.b)],\n"
        "  take: 3,\n}));",
    "abort('没有');": "throw new Error('没有');",
}  # fmt: skip


def body(text: str) -> str:
    program = f"export namespace app.logics {{ export function f(): Long {{ {text} }} }}"
    parsed = parse([Source("case.ts", program)])
    assert not parsed.diagnostics
    found = [node for node in parsed.units[0].walk() if isinstance(node, nodes.Function)]
    return typescript.function_body(found[0])


@pytest.mark.parametrize("nasl", CASES, ids=range(len(CASES)))
def test_statement(nasl: str) -> None:
    assert body(nasl) == CASES[nasl]


def test_what_has_no_form_is_said() -> None:
    with pytest.raises(typescript.Untranslatable, match="launchProcess"):
        body("nasl.processV2.launchProcess(a, 'b');")


@pytest.mark.parametrize("family", families.FAMILIES, ids=lambda f: f.name)
def test_families_without_a_word_of_nasl(family: families.Family) -> None:
    """Every family has a form in the sister dialect, and that form knows nothing of NASL."""
    for task in families.generate([family.name], seed=6, count=4):
        example = typescript.example(task)
        assert example is not None
        answer = example.messages[-1]["content"]
        bare = re.sub(r"'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`", "''", answer)
        assert not re.search(
            r"nasl|\bapp\.|ListEntries|FROM\(|PAGINATE|Entity\b|\b(Long|Decimal|Boolean)\b(?!\()", bare
        )

"""Every rule has a page, and every page is true: its wrong program breaks that rule alone, its right one none."""

import pytest

from naslforge.judge import judge
from naslforge.lang import Source, check, explain, fix, rules
from naslforge.lang.rulebook import RulePage, read_page, rule_page
from naslforge.records import Task

# Brought about by the machine, by load, by a wrong task or a JSON AST: no program shows them.
NO_PROGRAM = {"NF903", "NF910", "NF911", "NF920"}
CODES = sorted(set(rules()) - NO_PROGRAM)


def sources(page: RulePage, text: str) -> list[Source]:
    given = [Source("context.ts", page.context, context=True)] if page.context else []
    return [*given, Source("program.ts", text)]


@pytest.fixture(params=CODES)
def page(request: pytest.FixtureRequest) -> RulePage:
    found = rule_page(request.param)
    assert found is not None, f"{request.param} has no page"
    assert (found.code, found.name) == (request.param, rules()[request.param].name)
    return found


def judged(page: RulePage, program: str) -> set[str]:
    """The codes that judging gives, and the status where it is not `passed`."""
    record = {"id": page.code, "sublanguage": "base", "instruction": page.why_zh, "context": page.context}
    verdict = judge(Task.from_json({**record, **(page.task or {})}), program)
    return {d["code"] for d in verdict.diagnostics} | ({verdict.status} - {"passed"})


def test_the_wrong_program_breaks_the_rule_and_no_other(page: RulePage) -> None:
    if page.task is None:
        assert {d.rule.code for d in check(sources(page, page.wrong)).diagnostics} == {page.code}
    else:
        assert page.code in judged(page, page.wrong)


def test_the_right_program_breaks_no_rule(page: RulePage) -> None:
    assert [d.rule.code for d in check(sources(page, page.right)).diagnostics] == []
    if page.task is not None:
        assert judged(page, page.right) == set()


def test_safe_fixes_take_the_fault_away(page: RulePage) -> None:
    given = sources(page, page.wrong)
    if any(f.applicability == "safe" for d in check(given).diagnostics for f in d.fixes):
        assert page.code not in {d.rule.code for d in fix(given).checked.diagnostics}


def test_the_page_is_shown(page: RulePage) -> None:
    shown = explain(page.code)
    assert shown is not None and page.why in shown and page.why_zh in shown
    assert page.wrong.strip().split("\n")[0] in shown and page.right.strip().split("\n")[-1] in shown


NO_CODE = "# NF1 a\nWhy.\n\n为什么。\n"
NO_CHINESE = "# NF1 a\nWhy.\n```nasl wrong\n```\n```nasl right\n```\n"


@pytest.mark.parametrize("text", ["# nothing", NO_CODE, NO_CHINESE])
def test_a_page_with_a_missing_part_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_page(text)

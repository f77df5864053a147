"""The gate: every status, the words of differences, and verdicts that do not depend on who computes them."""

from dataclasses import replace
from typing import Any

import pytest

from naslforge.judge import judge, judge_many
from naslforge.records import Solution, Task, Verdict
from naslforge.run import Limits

CONTEXT = """
export namespace app.enums { export enum Kind { /** Big */ big = 'big', /** Small */ small = 'small' } }
export namespace app.structures { export class Line { name: String; price: Decimal; tags: List<String>; at: Date; } }
export namespace app.dataSources.defaultDS.entities {
  export class Thing {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ required: true }) name: String;
    price: Decimal = 1;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
  }
}
export namespace apis.weather.interfaces {
  export declare function forecast(city: String, days: Long): Decimal;
}
"""
THING = "app.dataSources.defaultDS.entities.ThingEntity"


def task(signature: str | None, *tests: dict[str, Any], context: str = "", **more: Any) -> Task:
    return Task.from_json(
        {
            "id": "test/one", "sublanguage": "logic", "instruction": "-", "entry": "app.logics.f", "context": context,
            "signature": signature, "tests": list(tests), **more,
        }
    )  # fmt: skip


def logic(line: str, body: str, doc: str = "") -> str:
    return f"export namespace app.logics {{\n  {doc}\n  {line} {{\n    {body}\n  }}\n}}\n"


ADD = "export function f(a: Long, b: Long): Long"
SUM = task(ADD, {"args": [1, 2], "expect": 3}, {"args": [-1, 1], "expect": 0}, {"args": [5, 5], "expect": 10})


def words(verdict: Verdict) -> list[str]:
    return [d["name"] for d in verdict.diagnostics if d["severity"] == "error"]


@pytest.mark.parametrize(
    ("source", "status"),
    [
        (logic(ADD, "let r: Long; r = a + b; return r;"), "passed"),
        (logic(ADD, "let r: Long; r = a + b; return r;", "/** @transactional */"), "passed"),
        (logic(ADD, "let r: Long; r = a - b; return r;"), "wrong_answer"),
        (logic(ADD, "let r: Long; r = a + ; return r;"), "syntax_error"),
        ("nonsense ((", "syntax_error"),
        (logic(ADD, "let r: Long; r = c + b; return r;"), "type_error"),
        (logic(ADD, "let r: Decimal; r = a / 0; return nasl.util.Convert<Long>(r);"), "practice_error"),
        (logic("export function g(a: Long, b: Long): Long", "return a + b;"), "missing_entry"),
        (logic("export function f(a: Long, c: Long): Long", "return a + c;"), "missing_entry"),
        (logic("export function f(a: Long, b: Decimal): Long", "return a;"), "missing_entry"),
        (logic("export function f(a: Long, b: Long): Decimal", "return a + b;"), "missing_entry"),
        (logic("export function f(a: Long): Long", "return a;"), "missing_entry"),
        ("", "missing_entry"),
        (logic(ADD, "let xs: List<Long>; return nasl.util.Get(xs, a);"), "runtime_error"),
        (logic(ADD, "let r: Long = 0; while (a == a || r > 0) { r = r + 1; r = r - 1; } return r;"), "step_limit"),
    ],
)
def test_statuses(source: str, status: str) -> None:
    verdict = judge(SUM, source, sample=3)
    assert (verdict.status, verdict.task, verdict.sample) == (status, "test/one", 3), verdict
    if status not in ("passed", "wrong_answer"):
        assert verdict.diagnostics and verdict.diagnostics[0]["span"]["file"] == "solution.ts"


def test_runtime_error_names_the_failing_statement() -> None:
    source = logic(
        ADD, "let r: Long = 0;\n    r = a;\n    r = nasl.util.Get(nasl.util.NewList<Long>([]), a);\n    return r;"
    )
    verdict = judge(SUM, source)
    assert verdict.status == "runtime_error"
    assert verdict.diagnostics[-1]["span"]["start"]["line"] == 6
    assert "SystemArrayIndexOutOfBoundsError" in verdict.diagnostics[-1]["message"]
    assert verdict.tests[0].difference == (
        "expected a result, got the error nasl.error.SystemArrayIndexOutOfBoundsError"
    )


@pytest.mark.parametrize(
    ("result", "body", "expect", "options", "difference"),
    [
        ("Long", "return 2;", 3, {}, "result: expected 3, got 2"),
        ("String", "return null;", "a", {}, 'result: expected "a", got null'),
        ("Decimal", "return 0.1 + 0.2;", 0.3, {}, None),
        ("Decimal", "return 0.1 + 0.2;", "0.30", {}, None),
        ("Decimal", "return 0.3001;", 0.3, {}, "result: expected 0.3, got 0.3001"),
        ("Decimal", "return 0.3001;", 0.3, {"tolerance": 0.001}, None),
        ("List<Decimal>", "return [1, 2.0005];", [1, 2], {"tolerance": "0.001"}, None),
        ("List<Long>", "return [1, 2];", [2, 1], {}, "[0]: expected 2, got 1"),
        ("List<Long>", "return [1, 2, 2];", [2, 1, 2], {"ordered": False}, None),
        ("List<Long>", "return [1, 1, 2];", [2, 1, 2], {"ordered": False}, "[*]: expected an item 2, got none such"),
        ("List<Long>", "return [1];", [1, 2], {}, "[1]: expected 2, got nothing (1 of 2 items)"),
        ("List<Long>", "return [1, 2];", [1], {}, "[1]: expected nothing, got 2 (2 items, not 1)"),
        ("Date", "return nasl.util.FromString<Date>('2026-01-31');", "2026-01-31", {}, None),
        ("DateTime", "return nasl.util.FromString<DateTime>('2026-01-31T09:30:00+08:00');", "2026-01-31T01:30:00Z", {},
         None),
        ("app.enums.Kind", "return app.enums.Kind.big;", "big", {}, None),
        ("Map<String, Long>", "return nasl.util.NewMap<String, Long>({ 'b': 1, 'a': 2 });", {"a": 2, "b": 1}, {}, None),
        ("Map<Long, Long>", "return nasl.util.NewMap<Long, Long>({ [1]: 1 });", {"1": 2}, {}, "1: expected 2, got 1"),
        ("List<app.structures.Line>",
         "return [new app.structures.Line({ name: 'x', price: 1.5 }), new app.structures.Line({ name: 'y' })];",
         [{"name": "x", "price": 1.5, "tags": [], "at": None}, {"name": "z", "price": None, "tags": []}], {},
         '[1].name: expected "z", got "y"'),
        ("{ a: Long, b: List<{ c: String }> }", "return { a: 1, b: [{ c: null }] };", {"a": 1, "b": [{"c": "财务部"}]},
         {}, 'b[0].c: expected "财务部", got null'),
    ],
)  # fmt: skip
def test_differences(result: str, body: str, expect: Any, options: dict[str, Any], difference: str | None) -> None:
    signature = f"export function f(): {result}"
    found = judge(task(signature, {"args": [], "expect": expect, **options}, context=CONTEXT), logic(signature, body))
    assert found.status == ("wrong_answer" if difference else "passed"), (found.diagnostics, found.tests)
    assert found.tests[0].difference == difference


SAVE = "export function f(name: String): Long"
SAVED = logic(
    SAVE, f"let t: app.dataSources.defaultDS.entities.Thing; t.name = name; t = {THING}.create(t); return t.id;"
)


def test_state_of_the_database() -> None:
    rows = [{"id": 1, "name": "old", "price": "2.50"}, {"name": "new", "price": 1}]
    world = {"db": {"Thing": [{"name": "old", "price": 2.5}]}}
    good = task(SAVE, {"args": ["new"], "expect": 2, "expect_db": {"Thing": rows}}, context=CONTEXT, world=world)
    assert judge(good, SAVED).status == "passed"
    bad = task(SAVE, {"args": ["other"], "expect_db": {"Thing": rows}}, context=CONTEXT, world=world)
    verdict = judge(bad, SAVED)
    assert verdict.status == "wrong_state"
    assert verdict.tests[0].difference == 'db.Thing[1].name: expected "new", got "other"'
    verdict = judge(task(SAVE, {"args": ["x"], "expect_db": {"Thing": []}}, context=CONTEXT, world=world), SAVED)
    assert verdict.status == "wrong_state"


def test_test_worlds_replace_entity_by_entity() -> None:
    world = {"db": {"Thing": [{"name": "old"}]}}
    tests = [{"args": ["a"], "expect": 2}, {"args": ["a"], "expect": 1, "world": {"db": {"Thing": []}}},
             {"args": ["a"], "expect": 2}]  # fmt: skip
    assert judge(task(SAVE, *tests, context=CONTEXT, world=world), SAVED).status == "passed"


def test_expected_errors() -> None:
    failing = task(SAVE, {"args": [None], "raises": "SystemIllegalArgumentError"}, context=CONTEXT)
    assert judge(failing, SAVED).status == "passed"
    full = task(SAVE, {"args": [None], "raises": "nasl.error.SystemIllegalArgumentError"}, context=CONTEXT)
    assert judge(full, SAVED).status == "passed"
    assert judge(task(SAVE, {"args": [None], "raises": True}, context=CONTEXT), SAVED).status == "passed"
    other = judge(task(SAVE, {"args": [None], "raises": "SystemArithmeticError"}, context=CONTEXT), SAVED)
    assert other.status == "wrong_answer" and "SystemIllegalArgumentError" in (other.tests[0].difference or "")
    none = judge(task(SAVE, {"args": ["x"], "raises": True}, context=CONTEXT), SAVED)
    assert none.status == "wrong_answer" and none.tests[0].difference == "expected the error of any name, got 1"


WEATHER = "export function f(city: String): Decimal"
ASK = logic(WEATHER, "let r: Decimal; r = apis.weather.interfaces.forecast(city, 3); return r;")


def test_external_calls() -> None:
    target = "apis.weather.interfaces.forecast"
    world = {
        "calls": [
            {"target": target, "args": ["Bath", 3], "result": "21.5"},
            {"target": target, "args": ["Ayr", 3], "error": {"name": "InterfaceError", "message": "down"}},
        ]
    }
    calls = [{"target": target, "args": ["Bath", 3]}]
    good = task(WEATHER, {"args": ["Bath"], "expect": 21.5, "expect_calls": calls},
                {"args": ["Ayr"], "raises": "InterfaceError", "expect_calls": [{"target": target}]},
                context=CONTEXT, world=world)  # fmt: skip
    assert judge(good, ASK).status == "passed", judge(good, ASK)
    undeclared = judge(task(WEATHER, {"args": ["Rome"], "expect": 1}, context=CONTEXT, world=world), ASK)
    assert undeclared.status == "runtime_error" and target in undeclared.diagnostics[-1]["message"]
    more = judge(task(WEATHER, {"args": ["Bath"], "expect_calls": []}, context=CONTEXT, world=world), ASK)
    assert more.status == "wrong_state"


@pytest.mark.parametrize(
    "broken",
    [
        {"tests": []},
        {"context": "export namespace app.structures { export class A { b: Nope; } }"},
        {"context": "export namespace {{{"},
        {"signature": "export function f(a: Long, b: Nope): Long"},
        {"tests": [{"args": ["x", 1], "expect": 1}]},
        {"tests": [{"args": [1], "expect": 1}]},
        {"tests": [{"args": [1, 2], "expect": "three"}]},
        {"tests": [{"args": [1, 2], "expect": 3}], "world": {"nonsense": 1}},
        {"tests": [{"args": [1, 2], "expect": 3}], "world": {"db": {"Nope": []}}},
        {"tests": [{"args": [1, 2], "expect": 3}], "world": {"timezone": "Mars/Base"}},
        {"tests": [{"args": [1, 2], "expect_db": {"Nope": []}}]},
    ],
)
def test_tasks_that_cannot_be_judged(broken: dict[str, Any]) -> None:
    data = SUM.to_json() | broken
    verdict = judge(Task.from_json(data), logic(ADD, "return a + b;"))
    assert verdict.status == "bad_task" and verdict.diagnostics[0]["name"] == "bad-task", verdict


def test_a_bad_world_leaves_the_database_usable() -> None:
    line = "export function f(): Long"
    count = logic(line, f"let r: Long; r = nasl.util.Length(FROM({THING}, T => $)); return r;")
    bad = task(
        line,
        {"expect": 0, "world": {"db": {"Thing": [{"id": 1, "name": "a"}, {"id": 1, "name": "b"}]}}},
        context=CONTEXT,
    )
    good = task(line, {"expect": 0}, context=CONTEXT)
    pairs = [(one, Solution(one.id, count)) for one in (bad, good)]
    assert [verdict.status for verdict in judge_many(pairs, 1)] == ["bad_task", "passed"]


def test_worlds_with_bad_rows_are_bad_tasks() -> None:
    for row in ({"nme": "x"}, {"name": 5}, {"name": "a", "price": "x"}):
        verdict = judge(task(SAVE, {"args": ["x"]}, context=CONTEXT, world={"db": {"Thing": [row]}}), SAVED)
        assert verdict.status == "bad_task", row


def test_signature_left_to_the_author() -> None:
    free = task(None, {"args": [2], "expect": 4})
    assert judge(free, logic("export function f(x: Long): Long", "return x * 2;")).status == "passed"
    assert judge(free, logic("export function f(x: Long): String", "return 'no';")).status == "wrong_answer"
    for line in ("export function f(x: Long, y: Long): Long", "export function f(x: Date): Long"):
        assert judge(free, logic(line, "return 1;")).status == "missing_entry"


def test_verdicts_are_the_same_for_any_number_of_workers() -> None:
    sources = [logic(ADD, body) for body in ("return a + b;", "return a;", "return a +;", "return c;",
               "let r: Long = 0; while (a == a || r > 0) { r = r + 1; r = r - 1; } return r;")]  # fmt: skip
    pairs = [(SUM, Solution("test/one", source, "", i)) for i, source in enumerate(sources * 6)]
    limits = Limits(steps=20_000)

    def run(workers: int) -> list[Verdict]:
        return [replace(v, milliseconds=0.0) for v in judge_many(pairs, workers, limits=limits)]

    one = run(1)
    assert [v.sample for v in one] == list(range(len(pairs)))
    assert one == run(3)


def test_leave_requests_example() -> None:
    """The README's first example: a page of leave requests by status, in order of application."""
    context = """
export namespace app.dataSources.defaultDS.entities {
  export class LeaveRequest {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    applicant: String;
    status: String;
    applyTime: DateTime;
  }
}
"""
    line = (
        "export function loadLeaves(status: String, page: Long, size: Long): "
        "{ list: List<{ leaveRequest: app.dataSources.defaultDS.entities.LeaveRequest }>, total: Long }"
    )
    entity = "app.dataSources.defaultDS.entities.LeaveRequest"
    body = f"""let result: {{ list: List<{{ leaveRequest: {entity} }}>, total: Long }};
    result = PAGINATE(FROM({entity}Entity, LeaveRequest => $
      .WHERE(LeaveRequest.status == status)
      .ORDER_BY([LeaveRequest.applyTime, 'ASC'])
      .SELECT({{ leaveRequest: LeaveRequest }})), page, size);
    return result;"""
    rows = [
        {"applicant": name, "status": status, "applyTime": f"2026-01-0{day}T09:00:00+08:00"}
        for name, status, day in (("甲", "待审批", 3), ("乙", "已通过", 1), ("丙", "待审批", 2))
    ]
    shown = [{"leaveRequest": {"id": i + 1, **rows[i]}} for i in (2, 0)]
    leaves = task(line, {"args": ["待审批", 1, 10], "expect": {"list": shown, "total": 2}},
                  {"args": ["待审批", 2, 1], "expect": {"list": shown[1:], "total": 2}},
                  {"args": ["无", 1, 10], "expect": {"list": [], "total": 0}},
                  context=context, world={"db": {"LeaveRequest": rows}}, entry="app.logics.loadLeaves")  # fmt: skip
    verdict = judge(leaves, logic(line, body))
    assert verdict.status == "passed", verdict

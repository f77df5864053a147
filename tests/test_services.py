"""External services of a test: which entry answers, how often and when; what nearly fits; what was called."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naslforge.judge import judge
from naslforge.records import Task, Verdict
from naslforge.run.services import same_json, unlike

GIVEN = """export namespace app.structures {
  export class Place { city: String; zip: String; since: DateTime; }
}
export namespace apis.weather.interfaces {
  export declare function forecast(city: String, days: Long = 3): Decimal;
  export declare function visit(place: app.structures.Place, tags: Map<String, Long>): String;
  export declare function forecasts(): List<Decimal>;
}
export namespace connector.mail.logics {
  export declare function send(to: String, amount: Decimal, at: DateTime): Boolean;
}
"""
W, VISIT, SEND = "apis.weather.interfaces.forecast", "apis.weather.interfaces.visit", "connector.mail.logics.send"


def verdict(head: str, body: str, calls: Any, **test: Any) -> Verdict:
    task = Task.from_json(
        {"id": "t/f", "sublanguage": "logic", "instruction": "-", "context": GIVEN, "entry": "app.logics.f",
         "signature": f"export function {head}", "world": {"calls": calls, "now": "2026-03-01T08:00:00+08:00"},
         "tests": [{"args": [], **test}]}
    )  # fmt: skip
    return judge(task, f"export namespace app.logics {{ export function {head} {{ {body} }} }}")


def told(found: Verdict) -> str:
    return found.diagnostics[-1]["message"] if found.diagnostics else str(found.tests[0].difference)


TWICE = f"let a: Decimal; let b: Decimal; a = {W}('Bath'); b = {W}('Bath'); return [a, b];"


def test_entries_answer_in_order_as_often_as_they_say() -> None:
    calls = [{"target": W, "args": ["Bath", 3], "result": 1, "times": 1}, {"target": W, "result": "2.50"}]
    assert verdict("f(): List<Decimal>", TWICE, calls, expect=[1, 2.5]).passed
    used_up = verdict("f(): List<Decimal>", TWICE, calls[:1], expect=[1, 1])
    assert used_up.status == "runtime_error" and "answers 1 times and was used up" in told(used_up)


def test_a_parameter_that_is_left_out_is_sent_with_its_default() -> None:
    sent = [{"target": W, "args": ["Bath", 3]}]
    body = f"let a: Decimal; a = {W}('Bath'); return a;"
    assert verdict("f(): Decimal", body, [{"target": W, "result": 1}], expect=1, expect_calls=sent).passed


def test_an_undeclared_call_names_what_comes_close() -> None:
    body = f"let a: Decimal; a = {W}('Rome', 2); return a;"
    nothing = verdict("f(): Decimal", body, [], expect=1)
    assert nothing.status == "runtime_error" and told(nothing).endswith(f'`{W}` with ["Rome", 2]')
    near = [{"target": W, "args": ["Bath", 5], "result": 1}, {"target": W, "args": ["Rome", 9], "result": 1}]
    assert 'differs at args[0]: expected "Bath", got "Rome"' in told(verdict("f(): Decimal", body, near, expect=1))
    other = [{"target": f"{W}s", "result": [1]}]
    assert f"`{W}s` is declared" in told(verdict("f(): Decimal", body, other, expect=1))
    raising = verdict("f(): Decimal", body, [], raises=True)
    assert raising.status == "runtime_error"  # a gap in the world is no error of the program


PLACE = f"return {VISIT}(new app.structures.Place({{ city: 'Bath', since: nasl.util.CurrDateTime() }}), " \
        "nasl.util.NewMap<String, Long>({ a: 1, b: 2 }));"  # fmt: skip


@pytest.mark.parametrize("args, fits", [
    ([{"city": "Bath", "since": "2026-03-01T00:00:00Z"}, {"b": 2, "a": 1}], True),  # the instant, the order of a map
    ([{"city": "Bath", "since": "2026-03-01T00:00:01Z"}, {"a": 1, "b": 2}], False),
    ([{"$has": {"city": "Bath"}}, {"$has": {"b": 2}}], True),
    ([{"$has": {"city": "Ayr"}}, {"$any": True}], False),
    ([{"$has": {"zip": None}}, {"$any": True}], True),
    ([{"$any": True}, {"$has": {"c": 3}}], False),
    ([{"$any": True}, {"a": 1}], False),
    ([{"$any": True}], False),
])  # fmt: skip
def test_arguments_fit_by_type_and_in_part(args: list[Any], fits: bool) -> None:
    found = verdict("f(): String", PLACE, [{"target": VISIT, "args": args, "result": "ok"}], expect="ok")
    assert found.passed is fits, told(found)
    sent = [{"target": VISIT, "args": args}]
    recorded = verdict("f(): String", PLACE, [{"target": VISIT, "result": "ok"}], expect="ok", expect_calls=sent)
    assert (recorded.status == "passed") is fits and (fits or recorded.status == "wrong_state")


def test_a_delay_moves_the_clock_of_the_program() -> None:
    body = (
        f"let before: DateTime; let sent: Boolean; before = nasl.util.CurrDateTime(); "
        f"sent = {SEND}('a', 1.50, before); "
        "return nasl.util.DateDiff(before, nasl.util.CurrDateTime(), 's');"
    )
    at = "2026-03-01T00:00:00Z"
    calls = [{"target": SEND, "args": ["a", "1.5", at], "result": True, "delay": 2000}]
    assert verdict("f(): Long", body, calls, expect=2, expect_calls=[{"target": SEND, "args": ["a", 1.5, at]}]).passed
    assert verdict("f(): Long", body, [{"target": SEND, "result": True}], expect=0).passed


def test_failed_calls_are_recorded_and_their_error_ends_the_run() -> None:
    body = f"let a: Decimal; a = {W}('Bath'); a = {W}('Ayr', 1); return a;"
    error = {"name": "InterfaceError", "message": "down"}
    calls = [{"target": W, "args": ["Bath", 3], "result": 1}, {"target": W, "error": error}]
    sent = [{"target": W}, {"target": W, "args": ["Ayr", 1]}]
    assert verdict("f(): Decimal", body, calls, raises="InterfaceError", expect_calls=sent).passed
    for wrong, path in (
        (sent[:1], "calls[1]: expected no more calls"),
        ([*sent, {"target": W}], "calls[2]: expected a call"),
        ([{"target": SEND}, sent[1]], f"calls[0].target: expected {SEND}, got {W}"),
        ([sent[0], {"target": W, "args": ["Ayr", 2]}], "calls[1].args[1]: expected 2, got 1"),
    ):
        found = verdict("f(): Decimal", body, calls, raises="InterfaceError", expect_calls=wrong)
        assert found.status == "wrong_state" and path in str(found.tests[0].difference)


@pytest.mark.parametrize("entry, word", [
    ("x", "object with a target"), ({"target": W, "arg": []}, "unknown key 'arg'"),
    ({"target": W, "args": "Bath"}, "args is a list"), ({"target": W, "times": "two"}, "times is a whole number"),
    ({"target": W, "delay": -1}, "delay is a number of milliseconds"), ({"target": W, "error": "down"}, "error is an"),
    ({"target": W, "result": 1, "error": {"name": "InterfaceError"}}, "a result or an error, not both"),
    ({"target": W, "result": "warm"}, "the result of apis.weather"),
])  # fmt: skip
def test_a_world_that_makes_no_sense_is_the_tasks_fault(entry: Any, word: str) -> None:
    found = verdict("f(): Decimal", f"let a: Decimal; a = {W}('Bath'); return a;", [entry], expect=1)
    assert found.status == "bad_task" and word in told(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON, JSON)
def test_json_is_like_itself_and_differs_where_it_differs(one: Any, other: Any) -> None:
    assert unlike(one, one, "x") is None and unlike(one, {"$any": True}, "x") is None
    assert (unlike(one, other, "x") is None) == (unlike(other, one, "x") is None)
    if unlike(one, other, "x") is None:
        assert repr(one) == repr(other) or one == other


def test_numbers_by_value_and_true_is_no_number() -> None:
    assert same_json(1, 1.0) and not same_json(True, 1) and not same_json("1", 1)
    assert same_json("2026-01-01T08:00:00+08:00", "2026-01-01T00:00:00Z") and not same_json("2026", "2026-01-01")


def test_sql_text_is_refused_and_never_the_error_that_a_test_waits_for() -> None:
    body = "let r: List<Long>; r = nasl.oql.query<Long>(`SELECT 1`); return r;"
    for test in ({"expect": [1]}, {"raises": True}):
        found = verdict("f(): List<Long>", body, [], **test)
        assert found.status == "forbidden" and "nasl.oql.query is not simulated" in told(found)

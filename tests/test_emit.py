"""What programs mean when they run: operators and null, loops, match, start values, faults and limits."""

from typing import Any

import pytest

from naslforge.lang import Source, check
from naslforge.run import CallSpec, Limits, Outcome, execute
from naslforge.run.emit import emit

PROJECT = """
export namespace app.enums {
  export enum Status { /** 打开 */ open = 'open', /** 关闭 */ closed = 'closed' }
  export enum Level { /** 低 */ low = 1, /** 高 */ high = 2 }
}
export namespace app.structures {
  export class Line { name: String; price: Decimal = 0; tags: List<String>; next: app.structures.Line; }
  export class Box<T> { content: T; items: List<T>; }
  export class Failure { message: String; }
}
export namespace app.dataSources.defaultDS.entities {
  export class Item {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
    amount: Decimal = 1;
    status: app.enums.Status = app.enums.Status.open;
  }
}
export namespace apis.bank.interfaces {
  export declare function rate(currency: String, day: Date): Decimal;
}
export namespace app.backend.variables {
  export let counter: Long = 10;
}
"""
ITEM = "app.dataSources.defaultDS.entities.ItemEntity"


def program(text: str) -> str:
    return text if "namespace" in text else f"export namespace app.logics {{\n{text}\n}}"


def run(text: str, *args: Any, world: dict[str, Any] | None = None, limits: Limits | None = None) -> Outcome:
    """Call `app.logics.f` of a program over the project above."""
    checked = check([Source("project.ts", PROJECT, context=True), Source("author.ts", program(text))])
    assert not [d for d in checked.errors if d.rule.stage != "practice"], [d.message for d in checked.errors]
    return execute(checked, [CallSpec("app.logics.f", args)], world, limits)[0]


def value(text: str, *args: Any, **named: Any) -> Any:
    outcome = run(text, *args, **named)
    assert outcome.status == "passed", (outcome.status, outcome.error, outcome.message)
    return outcome.shown


def error(text: str, *args: Any, **named: Any) -> str:
    outcome = run(text, *args, **named)
    assert outcome.status == "runtime_error", outcome
    assert outcome.diagnostic is not None
    return str(outcome.error).removeprefix("nasl.error.")


def expression(text: str, *args: Any, params: str = "", **named: Any) -> Any:
    return value(f"export function f({params}) {{ return {text}; }}", *args, **named)


# --- operators and null


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 / 2", 3.5),
        ("1 + nasl.util.FromString<Long>('2') * 3 - 1", 6),
        ("-nasl.util.Convert<Long>('4') + 2 * 5 - nasl.util.Convert<Long>('1') == 5", True),
        ("!nasl.util.Convert<Boolean>('') && 1 + nasl.util.FromString<Long>('2') > 2", True),
        ("1 / 3", "0.33333333333333333333"),
        ("-7 % 3", -1),
        ("7 % -3", 1),
        ("7.5 % 2", 1.5),
        ("0.1 + 0.2", 0.3),
        ("1 - 0.9", 0.1),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("-(2 + 3)", -5),
        ("'a' + 1 + 2", "a12"),
        ("1 + 2 + 'a'", "3a"),
        ("'x' + true + null + 12.50", "xtrue12.5"),
        ("'' + app.enums.Status.open", "打开"),
        ("`${1}-${1.5}-${null}-${app.enums.Level.high}`", "1-1.5--高"),
        ("1 == 1.0", True),
        ("'b' > 'a' && 'a' < 'b'", True),
        ("nasl.util.NewList<Long>([1]) == nasl.util.NewList<Long>([1])", False),
        ("!(1 > 2)", True),
        ("LIKE('orange', 'r_n')", True),
        ("LIKE('50%', '\\\\%')", True),
        ("IN(2, nasl.util.NewList<Long>([1, 2]))", True),
        ("CONTAINS('abc', 'bc')", True),
        ("STARTS_WITH('abc', 'ab') && ENDS_WITH('abc', 'bc')", True),
        ("plus(1, 2.5)", 3.5),
        ("nasl.util.Length('你好😀')", 4),
        ("nasl.util.Join(nasl.util.Split('a😀', ''), '')", "a😀"),
    ],
)
def test_operators(text: str, expected: Any) -> None:
    assert expression(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b", 0),
        ("a - 5", -5),
        ("a * 5", 0),
        ("a % 5", 0),
        ("-a", 0),
        ("a < 1", False),
        ("1 > a", False),
        ("a <= b", False),
        ("a == null", True),
        ("a != b", False),
        ("s + 'x'", "x"),
        ("s < 'x'", False),
        ("t && true", False),
        ("t || false", False),
        ("!t", True),
        ("line.next.name", None),
        ("line.next.tags.length", None),
        ("s.length", None),
        ("LIKE(s, 'a')", False),
    ],
)
def test_null(text: str, expected: Any) -> None:
    params = "a: Long, b: Long, s: String, t: Boolean, line: app.structures.Line"
    assert expression(text, params=params) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a / b", "SystemArithmeticError"),
        ("a % b", "SystemArithmeticError"),
        ("9223372036854775807 + a", "SystemArithmeticError"),
        ("a * 9223372036854775807 * 4", "SystemArithmeticError"),
        ("nasl.util.Get(nasl.util.NewList<Long>([a]), b)", "SystemArrayIndexOutOfBoundsError"),
        ("nasl.util.FromString<Long>('x' + a)", "SystemIllegalArgumentError"),
        ("nasl.util.Sqrt(0 - a)", "SystemArithmeticError"),
    ],
)
def test_faults(text: str, name: str) -> None:
    assert error(f"export function f(a: Long, b: Long) {{ return {text}; }}", 5, None) == name


def test_long_chains_are_flat() -> None:
    assert expression(" + ".join(["a"] * 95), 2, params="a: Long") == 190
    assert expression(" + ".join(["s"] * 95), "x", params="s: String") == "x" * 95
    assert expression(" || ".join(["a > 3"] * 95), 2, params="a: Long") is False
    assert expression(" * ".join(["a"] * 90), 1, params="a: Long") == 1


def test_short_circuit() -> None:
    assert expression("a != 0 && 10 / a > 1", 0, params="a: Long") is False


def test_a_long_becomes_a_decimal() -> None:
    assert value("export function f(a: Long): Decimal { let r: Decimal; r = a; return r / 4; }", 10) == 2.5
    assert value("export function f(): List<Decimal> { return [1, 2.5]; }") == [1, 2.5]


# --- loops


def test_loop_over_a_list() -> None:
    text = """export function f(xs: List<Long>): List<Long> {
      let result: List<Long>;
      for (const [i, x] of ListEntries(xs)) { nasl.util.Add(result, i * 10 + x); }
      return result; }"""
    assert value(text, [1, 2, 3]) == [1, 12, 23]
    assert value(text, None) == []


def test_bounds_are_fixed_at_the_start() -> None:
    text = """export function f(xs: List<Long>): Long {
      let turns: Long = 0;
      for (const [i, x] of ListEntries(xs, -2, 99)) { nasl.util.Add(xs, x); turns = turns + 1; }
      return turns; }"""
    assert value(text, [1, 2, 3]) == 3


def test_items_that_went_away_are_null() -> None:
    text = """export function f(xs: List<Long>): List<Long> {
      let seen: List<Long>;
      for (const [i, x] of ListEntries(xs)) { nasl.util.Add(seen, x); nasl.util.RemoveAt(xs, xs.length - 1); }
      return seen; }"""
    assert value(text, [1, 2, 3]) == [1, 2, None]


def test_the_older_loop_and_while() -> None:
    text = """export function f(xs: List<Long>): Long {
      let sum: Long = 0;
      let n: Long = 0;
      ForEach(xs, 1, __IDENTIFIER__, (item, index) => { sum = sum + item * index; });
      while (n < 3) { n = n + 1; sum = sum + n; }
      return sum; }"""
    assert value(text, [5, 6, 7]) == 6 + 14 + 6


def test_nested_loops_with_the_same_names() -> None:
    text = """export function f(xs: List<List<Long>>): Long {
      let sum: Long = 0;
      for (const [i, row] of ListEntries(xs)) { for (const [j, x] of ListEntries(row)) { sum = sum + i * j * x; } }
      for (const [i, row] of ListEntries(xs)) { sum = sum + i; }
      return sum; }"""
    assert value(text, [[1, 2], [3, 4]]) == 5


# --- match


MATCH = """export function f(s: app.enums.Status): String {
  let label: String;
  label = (function match(_value) {
    if (_value === app.enums.Status.open || _value === null) { return 'to do'; }
    else if (_value === app.enums.Status.closed) { return 'done'; }
    else { return '?'; }
  })(s);
  return label; }"""


@pytest.mark.parametrize(("given", "expected"), [("open", "to do"), (None, "to do"), ("closed", "done")])
def test_match_as_value(given: Any, expected: str) -> None:
    assert value(MATCH, given) == expected


def test_match_as_statement_ends_the_logic() -> None:
    text = """export function f(n: Long): String {
      let result: String = 'start';
      (function match(_value) {
        if (_value === 1) { result = 'one'; return; }
        else if (_value === 2) { result = 'two'; }
      })(n);
      result = result + '!';
      return result; }"""
    assert [value(text, n) for n in (1, 2, 3)] == ["one", "two!", "start!"]


def test_match_as_value_with_statements() -> None:
    text = """export function f(n: Long): Long {
      let calls: Long = 0;
      let result: Long;
      result = (function match(_value) {
        if (_value === 1) { calls = calls + 1; return calls * 10; }
        else { calls = calls + 2; return calls * 100; }
      })(n);
      return result + calls; }"""
    assert [value(text, n) for n in (1, 5)] == [11, 202]


def test_matches_inside_each_other() -> None:
    text = """export function f(n: Long, s: String): String {
      let log: String = '';
      let r: String;
      r = (function match(_value) {
        if (_value === 1) {
          log = log + (function match(_inner) {
            if (_inner === 'a') { log = log + 'x'; return 'A' + _value; } else { return 'B'; }
          })(s);
          return 'one';
        } else { return 'many'; }
      })(n);
      return r + log; }"""
    assert [value(text, 1, "a"), value(text, 1, "b"), value(text, 2, "a")] == ["oneA1", "oneB", "many"]


def test_match_in_a_lambda() -> None:
    text = """export function f(xs: List<Long>): List<String> {
      return nasl.util.ListTransform(xs, (item) => (function match(_value) {
        if (_value === 1) { return 'one' + item; } else { return 'other' + item; } })(item)); }"""
    assert value(text, [1, 2]) == ["one1", "other2"]


# --- values


def test_start_values_go_two_levels_down() -> None:
    text = "export function f(): app.structures.Line { let line: app.structures.Line; return line; }"
    level3 = {"name": None, "price": 0, "tags": [], "next": None}
    level2 = {**level3, "next": level3}
    assert value(text) == {**level3, "next": level2}


def test_properties_left_out_start_as_declared() -> None:
    text = "export function f() { return new app.structures.Line({ name: 'a' }).price + 1; }"
    assert value(text) == 1
    assert value("export function f() { return new app.dataSources.defaultDS.entities.Item({}).status; }") == "open"


def test_writing_through_null() -> None:
    text = "export function f(line: app.structures.Line) { line.next.name = 'x'; return line.next.name; }"
    assert error(text, {"name": "a", "next": None}) == "SystemNullPointerError"
    assert value(text, {"name": "a", "next": {"name": "b"}}) == "x"


def test_structures_are_shared_and_equal_only_to_themselves() -> None:
    text = """export function f(): List<Boolean> {
      let a: app.structures.Line;
      let b: app.structures.Line;
      b = a;
      b.name = 'x';
      return [a == b, a.name == 'x', nasl.util.Clone(a) == a, nasl.util.Contains([a], nasl.util.Clone(a))]; }"""
    assert value(text) == [True, True, False, True]


def test_generic_structures() -> None:
    text = """export function f(): app.structures.Box<Long> {
      let box: app.structures.Box<Long>;
      box.content = 5;
      nasl.util.Add(box.items, 6);
      return box; }"""
    assert value(text) == {"content": 5, "items": [6]}


def test_maps_keep_the_type_of_keys() -> None:
    text = """export function f(): List<Long> {
      let m: Map<Long, String>;
      nasl.util.MapPut(m, 10, 'a');
      nasl.util.MapPut(m, 2, 'b');
      return nasl.util.MapKeys(m); }"""
    assert value(text) == [10, 2]


# --- logics


def test_results_and_defaults() -> None:
    text = """export namespace app.logics {
      export function g(a: Long, b: Long = 5): Long { let r: Long = 1; if (a > 1) { return; } r = a + b; return r; }
      export function f(): List<Long> { return [g(1), g(1, 1), g(2)]; } }"""
    assert value(text) == [6, 2, 1]


def test_logics_without_result() -> None:
    text = """export namespace app.logics {
      export function note(xs: List<Long>) { if (xs == null) { return; } nasl.util.Add(xs, 1); }
      export function f(): List<Long> { let xs: List<Long>; note(xs); note(null); return xs; } }"""
    assert value(text) == [1]


def test_recursion_is_bounded() -> None:
    text = "export function f(n: Long): Long { if (n <= 0) { return 0; } return f(n - 1) + 1; }"
    assert value(text, 199) == 199
    assert run(text, 250).status == "step_limit"


def test_names_that_mean_something_to_python() -> None:
    text = """export function f(lambda: Long, None_: Long, 数量: Long, $x: Long): Long {
      let __class__: Long = 1;
      let def: Long = 2;
      return lambda + None_ + 数量 + $x + __class__ + def; }"""
    assert value(text, 1, 2, 3, 4) == 13


def test_abort_and_transactions() -> None:
    text = f"""export namespace app.logics {{
      /** @transactional */
      export function g() {{
        {ITEM}.create(new app.dataSources.defaultDS.entities.Item({{ name: 'x' }}));
        abort('no');
      }}
      export function f() {{ {ITEM}.create(new app.dataSources.defaultDS.entities.Item({{ name: 'a' }})); g(); }} }}"""
    outcome = run(text)
    assert (outcome.status, outcome.error) == ("runtime_error", "Aborted")
    assert [row["name"] for row in outcome.database["Item"]] == ["a"]


def test_backend_variables_and_configuration() -> None:
    text = """export namespace app.configuration.groups.shop.properties { export let tax: Decimal = 0.1; }
    export namespace app.logics {
      export function f(): Decimal {
        app.backend.variables.counter = app.backend.variables.counter + 1;
        return app.backend.variables.counter * app.configuration.groups.shop.properties.tax; } }"""
    assert value(text) == 1.1
    assert value(text, world={"config": {"shop": {"tax": 2}}}) == 22


def test_external_calls() -> None:
    text = """export function f(day: Date): Decimal { return apis.bank.interfaces.rate('EUR', day) * 2; }"""
    calls = [{"target": "apis.bank.interfaces.rate", "args": ["EUR", "2026-01-31"], "result": "1.25"}]
    assert value(text, "2026-01-31", world={"calls": calls}) == 2.5
    failing = [{"target": "apis.bank.interfaces.rate", "error": {"name": "InterfaceError", "message": "down"}}]
    assert error(text, "2026-01-31", world={"calls": failing}) == "InterfaceError"
    assert run(text, "2026-01-31").error == "UndeclaredCall"


def test_any_is_checked_when_it_runs() -> None:
    text = """export function f(x: Any): Long { let n: Long; n = x; return n + 1; }"""
    assert value(text, 4) == 5
    assert error(text, "four") == "SystemClassCastError"


def test_type_patterns() -> None:
    text = """export function f(x: Any): String {
      let r: String = 'none';
      (function match(_value) {
        if (_value instanceof app.structures.Failure) { r = _value.message; }
        else if (_value instanceof String) { r = 'text'; }
      })(x);
      return r; }"""
    assert value(text, "a") == "text"
    assert value(text, 5) == "none"


# --- the place of a fault, and limits


def test_a_fault_is_shown_in_the_source() -> None:
    outcome = run("export function f(a: Long): Decimal {\n  let r: Decimal;\n  r = 1;\n  r = 1 / a;\n  return r;\n}", 0)
    assert outcome.diagnostic is not None
    assert outcome.diagnostic.span.text == "r = 1 / a;"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("while (true) { n = n + 1; }", "step_limit"),
        ("while (true) { s = s + s + 'x'; }", "memory_limit"),
        ("while (true) { nasl.util.Add(xs, 1); }", "memory_limit"),
        ("while (true) { nasl.util.AddAll(xs, nasl.util.ListRepeat(1, 100000)); }", "memory_limit"),
        ("s = nasl.util.PadStart('x', 2000000000, ' ');", "memory_limit"),
        ("xs = nasl.util.ListRange(0, 2000000000, 1);", "memory_limit"),
        ("d = 2; while (true) { d = d * d; }", "memory_limit"),
        ("s = nasl.util.Replace(nasl.util.PadStart('', 900000, 'a'), 'a', 'bbbb');", "memory_limit"),
        (
            "s = nasl.util.Replace(nasl.util.PadStart('!', 5000, 'a'), /(a+)+$/g, 'b');",
            "step_limit",
        ),
    ],
)
def test_limits(body: str, status: str) -> None:
    text = f"""export function f() {{
      let n: Long = 0; let s: String = ''; let d: Decimal = 0; let xs: List<Long>;
      {body}
    }}"""
    assert run(text, limits=Limits(steps=6_000_000)).status == status


def test_values_that_hold_themselves() -> None:
    text = """export function f(): String {
      let line: app.structures.Line;
      line.next = line;
      return nasl.util.ToString(line); }"""
    assert run(text).status == "memory_limit"
    assert (
        run(text.replace("String {", "app.structures.Line {").replace("nasl.util.ToString(line)", "line")).status
        == "output_limit"
    )


def test_deep_text_is_no_crash() -> None:
    deep = "(" * 45 + "a" + " * 2)" * 45
    assert run(f"export function f(a: Long) {{ return {deep}; }}", 0).status in ("passed", "memory_limit")
    loops = "while (a > 0) { " * 40 + "a = a - 1;" + "}" * 40
    assert run(f"export function f(a: Long) {{ {loops} }}", 0).status in ("passed", "memory_limit")


def test_the_text_reaches_no_builtins() -> None:
    checked = check([Source("a.ts", "export namespace app.logics { export function f() { return 1; } }")])
    module = emit(checked)
    assert module.code is not None
    assert "__builtins__" not in module.text
    assert set(module.code.co_names) <= {"f0", "defaults", "globals_"}

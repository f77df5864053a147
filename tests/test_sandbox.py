"""Hostile programs: each gets its own verdict, quickly, and the next program never notices."""

import threading
from typing import Any

import pytest

from naslforge.judge import judge, judge_many
from naslforge.records import Solution, Task
from naslforge.run import Limits, Sandbox

LINE = "export function f(n: Long): Long"
FAST = Limits(steps=300_000, seconds=4.0)
ENTITY = """
export namespace app.dataSources.defaultDS.entities {
  export class Thing {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
    n: Long;
    d: Decimal;
  }
}
"""
TABLE = "app.dataSources.defaultDS.entities.ThingEntity"
THING = "app.dataSources.defaultDS.entities.Thing"
ROWS = {"db": {"Thing": [{"name": "a" * 50, "n": i, "d": i} for i in range(200)]}}


def task(line: str = LINE, context: str = ENTITY, **more: Any) -> Task:
    data = {"id": "hostile/x", "sublanguage": "logic", "instruction": "-", "entry": "app.logics.f", "context": context,
            "signature": line, "world": ROWS, "tests": [{"args": [30], "expect": 1}]}  # fmt: skip
    return Task.from_json({**data, **more})


def code(body: str, line: str = LINE, rest: str = "") -> str:
    return f"export namespace app.logics {{\n{line} {{\n{body}\n}}\n{rest}\n}}\n"


GROW = "let s: String = 'xxxxxxxxxx'; let i: Long = 0; while (i < 100) {{ s = {}; i = i + 1; }} return 1;"
LISTS = "let xs: List<Long> = [1, 2, 3]; let i: Long = 0; while (i < 100) {{ {} i = i + 1; }} return 1;"
ENDLESS = "let i: Long = 0; while (i >= 0) {{ {} }} return i;"
MANY = "".join(f"let v{i}: Long = {i};\n" for i in range(3000))

HOSTILE: dict[str, tuple[str, tuple[str, ...]]] = {
    # endless work
    "loop": (code(ENDLESS.format("i = i + 1; i = i - 1;")), ("step_limit",)),
    "empty loop": (code(ENDLESS.format("")), ("step_limit", "practice_error")),
    "nested loops": (code("let i: Long = 0; let j: Long = 0; while (i < 99999999) { j = 0; while (j < 99999999) "
                          "{ j = j + 1; } i = i + 1; } return i;"), ("step_limit",)),
    "recursion": (code("return f(n + 1);"), ("step_limit",)),
    "mutual recursion": (code("return g(n);", rest="export function g(n: Long): Long { return f(n); }"),
                         ("step_limit",)),
    "fibonacci": (code("let r: Long; if (n < 2) { r = n; } else { r = f(n - 1) + f(n - 2); } return r;"),
                  ("step_limit",)),
    "recursion in a lambda": (code("let r: Long; r = nasl.util.Length(nasl.util.ListTransform([1, 2], (x) => f(x))); "
                                   "return r;"), ("step_limit",)),
    "growing loop list": (code("let xs: List<Long> = [1]; for (const [i, x] of ListEntries(xs)) { "
                               "nasl.util.Add(xs, x); } return nasl.util.Length(xs);"), ("wrong_answer",)),
    "range": (code("return nasl.util.Length(nasl.util.ListRange(0, 900000000, 1));"),
              ("step_limit", "memory_limit", "runtime_error")),
    "loop over a range": (code("let r: Long = 0; for (const [i, x] of ListEntries(nasl.util.ListRange(0, 900000, 1))) "
                               "{ r = r + x; } return r;"), ("step_limit",)),
    "transform in a loop": (code("let xs: List<Long>; let i: Long = 0; xs = nasl.util.ListRange(0, 90000, 1); "
                                 "while (i < 9999) { xs = nasl.util.ListTransform(xs, (x) => x + 1); i = i + 1; } "
                                 "return 1;"), ("step_limit",)),
    # memory
    "doubled text": (code(GROW.format("s + s")), ("memory_limit",)),
    "doubled template": (code(GROW.format("`${s}${s}`")), ("memory_limit",)),
    "doubled by Concat": (code(GROW.format("nasl.util.Concat(s, s)")), ("memory_limit",)),
    "replaced text": (code(GROW.format("nasl.util.Replace(s, 'x', 'xxxxxxxxxx')")), ("memory_limit",)),
    "joined text": (code(GROW.format("nasl.util.Join([s, s, s], s)")), ("memory_limit",)),
    "doubled list": (code(LISTS.format("nasl.util.AddAll(xs, xs);")), ("memory_limit",)),
    "merged lists": (code(LISTS.format("xs = nasl.util.ListConcat(xs, xs);")), ("memory_limit", "type_error")),
    "list of lists": (code("let xs: List<List<Long>>; let i: Long = 0; while (i < 99999) { nasl.util.Add(xs, "
                           "nasl.util.ListRange(0, 90000, 1)); i = i + 1; } return 1;"),
                      ("memory_limit", "step_limit")),
    "big map": (code("let m: Map<String, String>; let i: Long = 0; while (i < 99999999) { nasl.util.MapPut(m, "
                     "nasl.util.ToString(i), 'v'); i = i + 1; } return 1;"), ("step_limit", "memory_limit")),
    # numbers
    "squared decimal": (code("let d: Decimal = 1.1; let i: Long = 0; while (i < 100) { d = d * d; i = i + 1; } "
                             "return 1;"), ("runtime_error", "memory_limit")),
    "squared long": (code("let d: Long = 3; let i: Long = 0; while (i < 100) { d = d * d; i = i + 1; } return 1;"),
                     ("runtime_error",)),
    "huge power": (code("let d: Decimal; d = nasl.util.Pow(10.5, 999999999); return 1;"), ("runtime_error",)),
    "tower of powers": (code("let d: Decimal = 9.5; let i: Long = 0; while (i < 20) { d = nasl.util.Pow(d, 9); "
                             "i = i + 1; } return 1;"), ("runtime_error",)),
    "huge literal": (code("let d: Decimal; d = " + "9" * 60000 + ".5; return 1;"),
                     ("wrong_answer", "passed", "syntax_error", "type_error", "runtime_error")),
    "huge long": (code("let d: Long; d = " + "9" * 60000 + "; return 1;"),
                  ("type_error", "syntax_error", "runtime_error")),
    "parsed number": (code("let d: Decimal; let s: String = '9'; let i: Long = 0; while (i < 16) { s = s + s; "
                           "i = i + 1; } d = nasl.util.FromString<Decimal>(s); d = d * d; return 1;"),
                      ("runtime_error", "memory_limit")),
    # texts and patterns
    "backtracking": (code("let ok: Boolean; let s: String = 'a'; let i: Long = 0; while (i < 12) { s = s + s; "
                          "i = i + 1; } ok = nasl.util.MatchRegex(s + '!', /^(a+)+$/); return 1;"),
                     ("passed", "time_limit", "step_limit", "runtime_error", "type_error")),
    "replace backtracking": (code("let s: String = 'a'; let i: Long = 0; while (i < 12) { s = s + s; i = i + 1; } "
                                  "s = nasl.util.Replace(s + '!', /(a|aa)+$/, 'b'); return 1;"),
                             ("passed", "time_limit", "step_limit", "runtime_error", "type_error")),
    "like": (code("let ok: Boolean; let s: String = 'a'; let i: Long = 0; while (i < 16) { s = s + s; i = i + 1; } "
                  "ok = LIKE(s, '%a%a%a%a%a%a%a%a%a%b'); return 1;"), ("passed", "step_limit", "time_limit")),
    # values that hold themselves
    "cycle of Any": (code("let xs: List<Any>; nasl.util.Add(xs, xs); return xs;",
                          "export function f(n: Long): List<Any>"), ("output_limit",)),
    "cycle of structures": ("export namespace app.structures { export class Node { next: app.structures.Node; } }\n" +
                            code("let a: app.structures.Node; a.next = a; return a;",
                                 "export function f(n: Long): app.structures.Node"), ("output_limit",)),
    "shared doubling": (code("let xs: List<Any> = [1]; let i: Long = 0; let ys: List<Any>; while (i < 60) { "
                             "ys = nasl.util.NewList<Any>([]); nasl.util.Add(ys, xs); nasl.util.Add(ys, xs); xs = ys; "
                             "i = i + 1; } return xs;", "export function f(n: Long): List<Any>"), ("output_limit",)),
    "printed doubling": (code("let xs: List<Any> = [1]; let i: Long = 0; let ys: List<Any>; while (i < 60) { "
                              "ys = nasl.util.NewList<Any>([]); nasl.util.Add(ys, xs); nasl.util.Add(ys, xs); xs = ys; "
                              "i = i + 1; } return nasl.util.Length(nasl.util.ToString(xs));"),
                         ("memory_limit", "step_limit", "output_limit", "wrong_answer")),
    "compared doubling": (code("let xs: List<Any> = [1]; let i: Long = 0; let ys: List<Any>; while (i < 60) { "
                               "ys = nasl.util.NewList<Any>([]); nasl.util.Add(ys, xs); nasl.util.Add(ys, xs); xs = ys;"
                               " i = i + 1; } if (nasl.util.Contains([xs], ys)) { i = 1; } return i;"),
                          ("memory_limit", "step_limit", "passed", "wrong_answer", "runtime_error")),
    "long result": (code("let s: String = 'x'; let xs: List<String>; let i: Long = 0; while (i < 16) { s = s + s; "
                         "i = i + 1; } i = 0; while (i < 99) { nasl.util.Add(xs, s); i = i + 1; } return xs;",
                         "export function f(n: Long): List<String>"), ("output_limit",)),
    # the database
    "cross join": (code(f"let rows; rows = FROM({TABLE}, A => $.INNER_JOIN({TABLE}, B => ON(true)).INNER_JOIN({TABLE}, "
                        "C => ON(true)).SELECT({ n: COUNT(A.id) })); return 1;"), ("step_limit",)),
    "wide result": (code(f"let rows; rows = FROM({TABLE}, A => $.INNER_JOIN({TABLE}, B => ON(true))"
                         f".INNER_JOIN({TABLE}, C => ON(true)).SELECT({{ a: A.name, b: B.name }})); return 1;"),
                    ("step_limit",)),
    "functions over rows": (code(f"let rows; rows = FROM({TABLE}, A => $.INNER_JOIN({TABLE}, B => ON(true)).WHERE("
                                 f"LIKE(CONCAT(A.name, B.name), '%a%a%a%b')).SELECT(A.id)); return 1;"),
                            ("step_limit", "passed")),
    "rows without end": (code(f"let t: {THING}; let i: Long = 0; while (i >= 0) {{ {TABLE}.create(t); i = i + 1; }} "
                              "return i;"), ("step_limit", "memory_limit")),
    "sum overflow": (code(f"let rows; rows = FROM({TABLE}, A => $.SELECT({{ n: SUM(A.n * 9223372036854775) }})); "
                          "return 1;"), ("runtime_error",)),
    # the text itself
    "deep parentheses": (code("return " + "(" * 3000 + "n" + ")" * 3000 + ";"),
                         ("syntax_error", "passed", "wrong_answer")),
    "deep blocks": (code("if (n > 0) {" * 300 + "}" * 300 + "return n;"),
                    ("syntax_error", "passed", "wrong_answer")),
    "deep loops": (code("let i: Long = 0;" + "while (i < 0) {" * 60 + "i = 1;" + "}" * 60 + "return n;"),
                   ("syntax_error", "passed", "wrong_answer")),
    "deep lists": (code("let x: List<Any>; x = " + "[" * 2000 + "]" * 2000 + "; return n;"),
                   ("syntax_error", "type_error", "wrong_answer", "runtime_error")),
    "deep namespaces": ("export namespace a { " * 2000 + "}" * 2000, ("syntax_error", "missing_entry", "type_error")),
    "long sum": (code("return " + " + ".join(["n"] * 4000) + ";"), ("wrong_answer", "syntax_error")),
    "long condition": (code("let r: Long = 0; if (" + " && ".join(["n > 0"] * 3000) + ") { r = 1; } return r;"),
                       ("passed", "syntax_error", "practice_error")),
    "many variables": (code(MANY + "return v1;"), ("passed", "wrong_answer")),
    "unclosed": ("export namespace app.logics { export function f(n: Long): Long { return (((((", ("syntax_error",)),
    "noise": ("\x00\ufeff}{)(*&^%$#@!`'\"" * 500, ("syntax_error",)),
    "half characters": (code("return nasl.util.Length('\\ud800');"), ("passed",)),
    "no text": ("", ("missing_entry",)),
    "raw JavaScript": (code("nasl.js.block(`'use JSBlock' process.exit(0)`); return 1;"),
                       ("forbidden", "type_error", "practice_error")),
    "python names": (code("let __import__: Long = 1; let exec: Long = 2; let rt: Long = 3; let pass: Long = 4; "
                          "let self: Long = 5; __import__ = exec + rt + pass + self; return __import__ - 13;"),
                     ("passed",)),
    "python in texts": (code("let s: String; s = '\"\"\"+__import__(\\'os\\').system(\\'id\\')+\"\"\"'; "
                             "return nasl.util.Length(s) - nasl.util.Length(s) + 1;"), ("passed",)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_programs(name: str) -> None:
    source, statuses = HOSTILE[name]
    line = next((text for text in source.splitlines() if text.startswith("export function f")), LINE)
    verdict = judge(task(line.partition(" {")[0] if "(n: Long): List" in line or "structures" in line else LINE,
                         signature=None), source, limits=FAST)  # fmt: skip
    assert verdict.status in statuses, (name, verdict.status, verdict.diagnostics[-1:], verdict.tests)
    assert verdict.passed or verdict.diagnostics
    assert judge(task(), code("return 1;"), limits=FAST).status == "passed"


def test_real_memory_ends_a_run_and_not_the_next() -> None:
    source = code("let xs: List<List<Long>>; let i: Long = 0; while (i < 9999) { nasl.util.Add(xs, "
                  "nasl.util.ListRange(100000, 300000, 1)); i = i + 1; } return 1;")  # fmt: skip
    verdict = judge(task(), source, limits=Limits(memory=48 * 1024 * 1024))
    assert (verdict.status, verdict.steps) == ("memory_limit", 0), verdict
    assert judge(task(), code("return 1;")).passed


def test_processor_time_is_the_last_net() -> None:
    source = code("let i: Long = 0; while (i >= 0) { i = i + 1; } return 1;")
    verdict = judge(task(), source, limits=Limits(steps=10**12, seconds=0.3))
    assert (verdict.status, verdict.steps) == ("time_limit", 0)
    assert judge(task(), code("return 1;")).passed


def test_steps_are_exact() -> None:
    source = code("let i: Long = 0; while (i < n) { i = i + 1; } return 1;")
    steps = {judge(task(), source).steps for _ in range(3)}
    assert len(steps) == 1
    assert judge(task(), source, limits=Limits(steps=steps.copy().pop())).status == "passed"
    assert judge(task(), source, limits=Limits(steps=steps.pop() - 1)).status == "step_limit"


def test_verdicts_do_not_depend_on_neighbours() -> None:
    """The same programs in another order, and among hostile ones, get the same verdicts and steps."""
    count = code("let i: Long = 0; while (i < n) { i = i + 1; } return 1;")
    hostile = [HOSTILE[name][0] for name in ("loop", "doubled text", "cross join", "squared decimal")]
    chosen = [code("return 1;"), *hostile, count]

    def verdicts(order: list[int], workers: int) -> list[tuple[str, int]]:
        pairs = [(task(), Solution("hostile/x", chosen[i])) for i in order]
        found = [(v.status, v.steps) for v in judge_many(pairs, workers, limits=FAST)]
        return [found[order.index(i)] for i in range(len(chosen))]

    first = verdicts([0, 1, 2, 3, 4, 5], 1)
    assert first == verdicts([5, 4, 3, 2, 1, 0], 2) == verdicts([3, 0, 5, 1, 4, 2], 3)


def test_lost_worker_is_replaced() -> None:
    with Sandbox(1) as sandbox:
        job = {"kind": "judge", "sublanguage": "base", "context": "", "entry": "app.logics.f", "signature": LINE,
               "world": {}, "tests": [{"args": [1], "expect": 1}], "source": code("return 1;")}  # fmt: skip
        assert sandbox.run(job)["status"] == "passed"
        process = sandbox._all[0]._process
        assert process is not None
        process.kill()
        process.wait()
        assert sandbox.run(job)["status"] == "passed"
        broken = sandbox.run({**job, "tests": "not a list of tests"})
        assert broken["status"] == "sandbox_error"
        assert sandbox.run(job)["status"] == "passed"


def test_a_stopped_sandbox_ends_its_job_and_starts_no_other() -> None:
    endless = {"kind": "judge", "sublanguage": "base", "context": "", "entry": "app.logics.f", "signature": LINE,
               "world": {}, "tests": [{"args": [1], "expect": 1}], "source": code(ENDLESS.format("i = i + 1;")),
               "limits": Limits(steps=10**12, seconds=60).to_json()}  # fmt: skip
    found: list[str] = []
    with Sandbox(1) as sandbox:
        assert sandbox.run({"kind": "probe"})["status"] == "passed"
        thread = threading.Thread(target=lambda: found.append(sandbox.run(endless)["status"]))
        thread.start()
        thread.join(0.3)
        sandbox.stop()
        thread.join(10)
        assert found == ["sandbox_error"]
        assert sandbox.run({"kind": "probe"})["status"] == "sandbox_error"
        assert sandbox._all[0]._process is None


def test_many_threads_share_the_gate() -> None:
    found: list[str] = []

    def work() -> None:
        for _ in range(5):
            found.append(judge(task(), code("return 1;")).status)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["passed"] * 20


def test_worker_has_no_outside() -> None:
    """What a program would find if it could run Python at all."""
    with Sandbox(1) as sandbox:
        seen = sandbox.run({"kind": "probe"})
    assert set(seen["environment"]) <= {"LC_ALL", "LC_CTYPE", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONUTF8"}
    for what in ("file", "write", "socket", "process", "fork", "import"):
        word = seen["ways"][what]
        assert word.endswith("refused by the guard") or "possible" not in word, (what, word)

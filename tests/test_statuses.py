"""Every word that a verdict can be, and a program, a task or a machine that earns it."""

import ast
from pathlib import Path
from typing import Any

import pytest

import naslforge.run
from naslforge.judge import judge, judge_many
from naslforge.records import STATUSES, Solution, Task
from naslforge.run import Limits, sandbox

LINE = "export function f(n: Long): Long"
ITEM = "app.dataSources.defaultDS.entities.Item"
CONTEXT = """export namespace app.dataSources.defaultDS.entities {
  export class Item {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
  }
}
"""
PAGE = "app.frontendTypes.pc.frontends.pc.views"
DOUBLED = "let s: String = 'x'; let i: Long = 0; while (i < 99) { s = s + s; i = i + 1; } return n;"
FLOOD = "let s: String = nasl.util.PadStart('x', 60000, 'x'); return s;"


def task(**more: Any) -> Task:
    record = {"id": "status/one", "sublanguage": "logic", "instruction": "-", "entry": "app.logics.f",
              "signature": LINE, "context": CONTEXT, "tests": [{"args": [1], "expect": 1}]}  # fmt: skip
    return Task.from_json({**record, **more})


def logic(body: str, line: str = LINE) -> str:
    return f"export namespace app.logics {{\n{line} {{\n{body}\n}}\n}}\n"


SAVE = logic(f"let item: {ITEM}; item = {ITEM}Entity.create(item); return n;")
ENDLESS = "while (n > 0) { n = n + 1; } return n;"
TEXT = "export function f(n: Long): String"
GO = {"fire": ["go", "onClick"]}
RAW = f"""export namespace {PAGE} {{
  export function main() {{
    let on: Boolean = true;
    return <ULinearLayout><UButton ref="go" text="go" onClick={{function go(event) {{
      nasl.js.block(`'use JSBlock'
        process.exit(0)`);
    }}}}></UButton></ULinearLayout>;
  }}
}}
"""
CASES: dict[str, tuple[Task, str]] = {
    "passed": (task(), logic("return n;")),
    "syntax_error": (task(), logic("return (n;")),
    "type_error": (task(), logic("return n + 'a';")),
    "practice_error": (task(), logic("let r: Decimal; r = 1 / 0; return n;")),
    "missing_entry": (task(), logic("return n;", "export function g(n: Long): Long")),
    "wrong_answer": (task(), logic("return n + 1;")),
    "wrong_state": (task(tests=[{"args": [1], "expect": 1, "expect_db": {"Item": []}}]), SAVE),
    "runtime_error": (task(), logic("let xs: List<Long>; return nasl.util.Get(xs, n);")),
    "step_limit": (task(), logic(ENDLESS)),
    "memory_limit": (task(), logic(DOUBLED)),
    "time_limit": (task(tests=[{"args": [1], "expect": 1}]), logic(ENDLESS)),
    "output_limit": (
        task(signature=TEXT, tests=[{"args": [1], "expect": "x"}]),
        logic(FLOOD, TEXT),
    ),
    "forbidden": (
        task(
            sublanguage="page", entry=f"{PAGE}.main", signature=None, tests=[{"steps": [{"fire": ["go", "onClick"]}]}]
        ),
        RAW,
    ),
    "bad_task": (task(tests=[{"args": ["one"], "expect": 1}]), logic("return n;")),
    "sandbox_error": (task(), logic("return n;")),
}
LIMITS = {
    "step_limit": Limits(steps=10_000),
    "time_limit": Limits(steps=10**15, seconds=0.2),
    "output_limit": Limits(output=50_000),
}


def test_every_status_has_its_case() -> None:
    assert tuple(CASES) == STATUSES


@pytest.mark.parametrize("status", STATUSES)
def test_status(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given, source = CASES[status]
    if status == "sandbox_error":
        monkeypatch.setattr(sandbox.sys, "executable", "/nonexistent/python")
        verdict = next(iter(judge_many([(given, Solution(given.id, source))])))
    else:
        verdict = judge(given, source, limits=LIMITS.get(status))
    assert verdict.status == status, verdict
    assert verdict.diagnostics or status in ("passed", "wrong_answer", "wrong_state")
    assert verdict.passed == (status == "passed")


def test_what_ends_a_run_is_told_in_chinese_too() -> None:
    """Every error that the sandbox raises by itself has two messages; what a service answers is its own."""
    silent, seen = [], 0
    for file in sorted(Path(naslforge.run.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
            least = {"NaslError": 3, "illegal": 2, "arithmetic": 2}.get(name)
            if least is not None and isinstance(call, ast.Call) and len(call.args) > 1 - (least == 2):
                seen += 1
                if len(call.args) < least and "answer.error" not in ast.unparse(call):
                    silent.append(f"{file.name}:{call.lineno}")
    assert silent == [] and seen > 60

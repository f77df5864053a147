"""The words a model sees, and program text out of whatever it answers."""

import pytest

from naslforge import lang, solve
from naslforge.llm import messages_sha256
from naslforge.records import Attempt, Task, Verdict

PROGRAM = "export namespace app.logics {\n  export function f(a: Long): Long {\n    return a;\n  }\n}"
SIGNATURE = "export function f(a: Long): Long"


def task(**changes):
    test = {"args": [1], "expect": 1}
    given = {"id": "t/f", "sublanguage": "base", "instruction": "返回 a。", "entry": "app.logics.f",
             "signature": SIGNATURE, "tests": [test]}  # fmt: skip
    return Task.from_json(given | changes)


def attempt(status, *, round=1, source=PROGRAM, diagnostics=(), tests=()):
    verdict = Verdict("t/f", 0, status, list(diagnostics), list(tests)).to_json()
    return Attempt("t/f", round, "m", [], source, verdict)


def wrong(args, expected, actual):
    return {"status": "wrong_answer", "args": args, "expected": expected, "actual": actual, "difference": "result"}


def diagnostics(source):
    return [d.to_json() for d in lang.check([lang.Source("solution.ts", source)]).diagnostics]


# --- messages


def test_logics_of_a_project_with_entities_are_written_with_the_manual_of_queries():
    entity = "@Entity() export class A { @Property({ primaryKey: true }) id: Long; }"
    entities = f"export namespace app.dataSources.defaultDS.entities {{ {entity} }}"
    plain, with_data = (solve.messages(task(sublanguage="logic", context=c))[0]["content"] for c in ("", entities))
    assert "LEFT_JOIN" in with_data and "LEFT_JOIN" not in plain


def test_a_first_draft_has_the_manual_the_task_and_the_exact_signature():
    system, user = solve.messages(task(context="export namespace app.enums { export enum E { a = 'a' } }"))
    assert lang.manual("base", solve.MANUAL_BUDGET).strip() in system["content"]
    assert "返回 a。" in user["content"] and "app.enums" in user["content"] and SIGNATURE + " {" in user["content"]
    assert "{" + "instruction}" not in user["content"]


def test_the_manual_is_that_of_the_sublanguage():
    base, query = (solve.messages(task(sublanguage=s))[0]["content"] for s in ("base", "query"))
    assert "PAGINATE" in query and "PAGINATE" not in base


def test_equal_tasks_and_attempts_give_equal_bytes():
    failed = attempt("wrong_answer", tests=[wrong([1], 1, 2)])
    once, again = (messages_sha256(solve.messages(task(), [failed])) for _ in range(2))
    assert once == again != messages_sha256(solve.messages(task()))


def test_braces_in_a_task_are_no_holes():
    assert "{manual} {x}" in solve.messages(task(instruction="{manual} {x}"))[1]["content"]


def test_feedback_shows_the_line_the_fault_and_the_line_after_the_fix():
    source = PROGRAM.replace("return a", "return b.push(1)")
    told = solve.feedback(attempt("type_error", source=source, diagnostics=diagnostics(source)))
    assert "第 3 行：`return b.push(1);`" in told and "NF" in told
    source = PROGRAM.replace("return a", "return aa")
    assert "改为：`return a;`" in solve.feedback(attempt("type_error", source=source, diagnostics=diagnostics(source)))


def test_feedback_shows_the_shortest_failing_tests():
    tests = [wrong([[1, 2, 3, 4]], 4, 5), wrong([[]], 0, None), wrong([[1]], 1, 2)]
    told = solve.feedback(attempt("wrong_answer", tests=tests))
    assert "实参：[[]]\n期望：0\n实际：null" in told and "[1, 2, 3, 4]" not in told
    assert "3 个测试中有 3 个" in told


def test_feedback_cuts_long_values():
    told = solve.feedback(attempt("wrong_answer", tests=[wrong([list(range(2000))], 0, 1)]))
    assert len(told) < 1500 and "……" in told


def test_feedback_says_when_the_function_is_missing():
    assert "没有题目要求的函数" in solve.feedback(attempt("missing_entry"))


def test_next_rounds_go_on_with_answer_and_feedback():
    tries = [attempt("missing_entry"), attempt("wrong_answer", round=2, tests=[wrong([1], 1, 2)])]
    said = solve.messages(task(), tries)
    assert [m["role"] for m in said] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert said[2]["content"] == f"```ts\n{PROGRAM}\n```"
    fresh = solve.messages(task(), tries, reasoning=True)
    assert fresh[:-1] == said[:-1] and "前面的 2 次回答都没有通过" in fresh[-1]["content"]


def test_a_mended_attempt_stands_for_its_round():
    raw, mended, second = attempt("type_error"), attempt("wrong_answer"), attempt("wrong_answer", round=2)
    assert solve.shown_attempts([raw, mended, second]) == [mended, second]


# --- compact


def test_a_compact_answer_comes_back_whole():
    said = solve.expected_answer(task(), PROGRAM, "compact")
    assert said == "return a;"
    assert solve.program(task(), said, "compact").strip() == PROGRAM
    assert [m["role"] for m in solve.messages(task(), style="compact")] == ["user"]


def test_a_full_answer_comes_back_whole():
    assert solve.program(task(), solve.expected_answer(task(), PROGRAM)) == PROGRAM


# --- extract_code


@pytest.mark.parametrize(
    "answer",
    [
        PROGRAM,
        f"```ts\n{PROGRAM}\n```",
        f"```\n{PROGRAM}\n```",
        f"```typescript title=a.ts\n{PROGRAM}\n```\n以上就是代码。",
        f"~~~nasl\n{PROGRAM}\n~~~",
        f"````md\n{PROGRAM}\n````",
        f"好的。\n\n```TypeScript\n{PROGRAM}\n```\n说明：`f` 返回 a。",
        f"```ts\n{PROGRAM}",
        f"代码如下：\n{PROGRAM}\n希望有帮助。",
        f"<think>先写 ```ts\nexport function g() {{}}\n``` 不对。</think>\n```ts\n{PROGRAM}\n```",
        f"先想想……</think>\n{PROGRAM}",
        f"初稿：\n```ts\n{PROGRAM.replace('return a', 'return 0')}\n```\n改正：\n```ts\n{PROGRAM}\n```",
        f"```ts\n{PROGRAM}\n```\n用法：\n```ts\napp.logics.f(1);\n```",
        f"```bash\nls\n```\n```ts\n{PROGRAM}\n```",
        PROGRAM.replace("\n", "\r\n"),
        f"   ```ts\n{PROGRAM}\n   ```",
    ],
)
def test_the_program_is_found(answer):
    assert solve.extract_code(answer) == PROGRAM


def test_blocks_that_belong_together_are_joined():
    shape = "export namespace app.structures {\n  export class S { a: Long; }\n}"
    code = solve.extract_code(f"先是结构：\n```ts\n{shape}\n```\n再是逻辑：\n```ts\n{PROGRAM}\n```")
    assert code == f"{shape}\n\n{PROGRAM}"


@pytest.mark.parametrize("answer", ["", "   ", "我不会。", "```", "```ts\n```", "<think>", "</think>", "````\n```"])
def test_no_answer_breaks_it(answer):
    assert isinstance(solve.extract_code(answer), str)


def test_a_bare_body_stays():
    assert solve.extract_code("let x: Long;\nreturn x;") == "let x: Long;\nreturn x;"


def test_every_prompt_has_a_version():
    assert set(solve.prompt_versions()) == {"system", "draft", "repair", "retest", "reason", "complete"}
    assert all(version >= 1 for version in solve.prompt_versions().values())


# --- the manual


@pytest.mark.parametrize("sublanguage", ["base", "logic", "entity", "query"])
def test_the_manual_keeps_its_budget(sublanguage):
    sizes = [len(lang.manual(sublanguage, budget)) for budget in (None, 8000, 6000, 4000, 2000)]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] > 1000


def test_the_manuals_programs_are_right():
    text = lang.manual("base")
    start = text.index("```ts\nexport namespace") + 6
    source = lang.Source("manual.ts", text[start : text.index("```", start)])
    assert lang.check([source]).diagnostics == ()
    assert lang.format_source(source.text) == source.text


def test_a_trace_shows_what_the_shortest_failed_test_did_and_only_when_asked_for():
    source = PROGRAM.replace("return a", "return a + 1")
    tests = [{"args": [100], "expect": 100}, {"args": [1], "expect": 1}]
    asked = task(tests=tests)
    failed = attempt("wrong_answer", source=source, tests=[wrong([100], 100, 101), wrong([1], 1, 2)])
    plain, traced = (solve.messages(asked, [failed], traced=on)[-1]["content"] for on in (False, True))
    assert "执行过程" not in plain and "return = 2" in traced and "return = 101" not in traced
    assert messages_sha256(solve.messages(asked, [failed])) == messages_sha256(
        solve.messages(asked, [failed], traced=False)
    )


def test_a_long_trace_loses_its_middle():
    loop = PROGRAM.replace("return a", "let n: Long = 0; while (n < 100) { n = n + 1; } return n")
    failed = attempt("wrong_answer", source=loop, tests=[wrong([1], 1, 100)])
    told = solve.messages(task(tests=[{"args": [1], "expect": 1}]), [failed], traced=True)[-1]["content"]
    assert "中间省略" in told and "return = 100" in told and told.count("\n第 ") <= solve.SHOWN_STEPS + 1


def test_a_program_that_does_not_check_has_no_trace():
    broken = attempt("type_error", source="x", diagnostics=diagnostics("export function f(): Long { return y; }"))
    assert solve.messages(task(), [broken]) == solve.messages(task(), [broken], traced=True)

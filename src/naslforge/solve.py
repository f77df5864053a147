"""A task to the words a model sees, and its answer to program text: the one place that fills prompts/*.md.

Synthesis, training, evaluation and serving all come here, so a model meets the same words everywhere. The same task
and attempts always give the same bytes: answers recorded once can be replayed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from naslforge import context, infill, lang
from naslforge.judge import trace
from naslforge.llm import compact
from naslforge.records import Attempt, Task

MANUAL, COMPACT = "manual", "compact"
STYLES = (MANUAL, COMPACT)
MANUAL_BUDGET = 10_600  # recordings are keyed by the text that fits it
SHOWN_DIAGNOSTICS = 8
SHOWN_TESTS = 2
SHOWN_STEPS = 40  # of a trace: the first and the last ones
FIXABLE = ("syntax_error", "type_error", "practice_error")  # verdicts after which safe fixes may help
_SHOWN_WIDTH = 600
_ENTITIES = re.compile(r"\bnamespace app\.dataSources\b")  # a context with them needs their manual
_STATUS = {
    "wrong_answer": "结果不对", "wrong_state": "数据不对", "runtime_error": "运行出错", "step_limit": "步数超限",
    "time_limit": "运行超时", "memory_limit": "内存超限", "output_limit": "结果过大", "forbidden": "用了不允许的功能",
}  # fmt: skip

Messages = list[dict[str, str]]


def messages(task: Task, attempts: Sequence[Attempt] = (), style: str = MANUAL, *, reasoning: bool = False,
             context_budget: int = context.BUDGET, traced: bool = False) -> Messages:  # fmt: skip
    """What a model is sent: for a first draft, or for the next round after `attempts`, oldest first.

    `reasoning` words the last turn for a second model that begins afresh; `traced` shows in it what the last attempt
    did, statement by statement, in the shortest of the tests that failed. Of a context with more tokens than its budget
    only what matters for the task is shown.
    """
    shown = context.select(task.context, task.instruction, task.signature or "", context_budget)
    if style == COMPACT:
        return [_user(compact.prompt(task.instruction, shown, task.signature))]
    system = _fill("system", manual=_manual(task.sublanguage, _ENTITIES.search(task.context) is not None))
    asked = _completion(task, gap, shown) if (gap := infill.gap(task)) else _draft(task, shown)
    said = [{"role": "system", "content": system}, _user(asked)]
    for number, attempt in enumerate(attempts, 1):
        said.append({"role": "assistant", "content": fenced(attempt.source)})
        told = feedback(attempt, task if traced and number == len(attempts) else None)
        if reasoning and number == len(attempts):
            told = _fill("reason", rounds=number, feedback=_without_request(told))
        said.append(_user(told))
    return said


def shown_attempts(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Of all attempts at one task, those that the next round's messages show: the last of each round.

    Where safe fixes were tried on an answer, the mended attempt stands after the answer itself.
    """
    return [attempt for _, attempt in sorted({a.round: a for a in attempts}.items())]


def program(task: Task, answer: str, style: str = MANUAL) -> str:
    """The program text in a model's answer to `task`, under its signature and namespace where the style left them out.

    A compact answer is the function's body; a full one stands as it is.
    """
    code = extract_code(answer)
    if gap := infill.gap(task):
        return gap.filled(code)
    return compact.source(code, task.signature, task.entry) if style == COMPACT else code


def expected_answer(task: Task, source: str, style: str = MANUAL) -> str:
    """What a model is trained to answer: the inverse of `program`."""
    return compact.answer(source, task.signature) if style == COMPACT else fenced(source)


def mended(task: Task, source: str) -> tuple[str, int] | None:
    """An answer after its safe fixes and how many those were; None where there are none."""
    sources = [lang.Source("context.ts", task.context, context=True), lang.Source("solution.ts", source)]
    try:
        fixed = lang.fix(sources)
    except RecursionError:  # nested beyond reason: the gate has said so already
        return None
    text = fixed.texts[-1]
    return (text, fixed.applied) if fixed.applied and text != source else None


def fenced(source: str) -> str:
    return f"```ts\n{source.strip()}\n```"


def prompt_versions() -> dict[str, int]:
    """The version of every prompt file: a recording tells with which words it was made."""
    names = sorted(f.name.removesuffix(".md") for f in files(__package__).joinpath("prompts").iterdir())
    return {name: _prompt(name)[0] for name in names}


# --- the first draft


def _declared(task: Task, declarations: str) -> str:
    which = "不要重复写" if declarations == task.context else "这里只列出与要求有关的，不要重复写"
    return f"\n项目里已有的声明（{which}）：\n{fenced(declarations)}\n" if declarations.strip() else ""


def _completion(task: Task, gap: infill.Gap, declarations: str) -> str:
    shown = _declared(task, declarations)
    told = {"instruction": task.instruction.strip(), "context": shown, "cursor": infill.CURSOR, "code": gap.shown()}
    return _fill("complete", **told)


def _draft(task: Task, declarations: str) -> str:
    shown = _declared(task, declarations)
    if task.signature:
        target = f"\n要写的函数（这一行必须原样保留）：\n{fenced(task.signature + ' {')}\n"
    else:
        target = f"\n要写的函数：`{task.entry}`，参数和类型由你决定。\n"
    namespace = task.entry.rpartition(".")[0] or "app.logics"
    return _fill("draft", instruction=task.instruction.strip(), context=shown, target=target, namespace=namespace)


# --- feedback


def feedback(attempt: Attempt, traced: Task | None = None) -> str:
    """What a model is told about its answer: the diagnostics with suggested fixes, or the tests that failed.

    With the task of the attempt the shortest failed test is run again, and its statements are shown with their values.
    """
    verdict = attempt.verdict or {}
    errors = [d for d in verdict.get("diagnostics", []) if d["severity"] == "error"]
    failed = [t for t in verdict.get("tests", []) if t["status"] != "passed"]
    if not failed:
        shown = _diagnostics(errors, attempt.source) or _missing(verdict.get("status", ""))
        return _fill("repair", count=max(1, len(errors)), diagnostics=shown)
    shown = "\n\n".join(_test(t) for t in _telling(failed))
    if errors:
        shown += "\n\n出错的地方：\n" + _diagnostics(errors, attempt.source)
    if traced is not None:
        shown += _traced(traced, attempt.source, verdict["tests"].index(_telling(failed)[0]))
    status = _STATUS.get(verdict["status"], verdict["status"])
    return _fill("retest", total=len(verdict["tests"]), failed=len(failed), status=status, tests=shown)


def _traced(task: Task, source: str, test: int) -> str:
    """The statements of one test in the order they ran; a long trace without its middle."""
    lines, steps = source.split("\n"), trace(task, source, test)
    if not steps:
        return ""
    told = []
    for step in steps:
        text = lines[step["line"] - 1].strip() if step["line"] <= len(lines) else ""
        told.append(f"第 {step['line']} 行 `{_cut(text)}`：{step['name']} = {step['value']}")
    if len(told) > SHOWN_STEPS:
        half = SHOWN_STEPS // 2
        told = [*told[:half], f"（中间省略 {len(told) - 2 * half} 步）", *told[-half:]]
    return "\n\n第一个失败测试的执行过程：\n" + "\n".join(told)


def _missing(status: str) -> str:
    if status == "missing_entry":
        return "代码里没有题目要求的函数，函数名、参数和返回类型都要与给出的那一行完全一致。"
    return f"代码不能运行：{status}。"


def _diagnostics(errors: Sequence[dict[str, Any]], source: str) -> str:
    """Faults by line: the line of code, what is wrong in it, and how it reads after a suggested fix."""
    text = source.split("\n")
    parts: list[str] = []
    last = 0
    for error in sorted(errors[:SHOWN_DIAGNOSTICS], key=lambda d: d["span"]["start"]["line"]):
        number = error["span"]["start"]["line"]
        if number != last and 0 < number <= len(text):
            parts.append(f"第 {number} 行：`{_cut(text[number - 1].strip())}`")
        parts.append(f"- {error['code']} {error['message_zh']}")
        for fix in error["fixes"][:1]:
            parts += [f"  改为：`{line}`" for line in _after(fix, text)] or [f"  建议：{fix['title']}"]
        last = number
    if len(errors) > SHOWN_DIAGNOSTICS:
        parts.append(f"另有 {len(errors) - SHOWN_DIAGNOSTICS} 个错误没有列出。")
    return "\n".join(parts)


def _after(fix: dict[str, Any], text: list[str]) -> Iterator[str]:
    """The line of code as it reads after the fix, where the fix stays in one line."""
    places = {edit["span"][end]["line"] for edit in fix["edits"] for end in ("start", "end")}
    broken = any("\n" in edit["text"] for edit in fix["edits"])
    if len(places) != 1 or broken or not 0 < (number := places.pop()) <= len(text):
        return
    line = text[number - 1]
    for edit in sorted(fix["edits"], key=lambda e: -e["span"]["start"]["column"]):
        start, end = edit["span"]["start"]["column"] - 1, edit["span"]["end"]["column"] - 1
        line = line[:start] + edit["text"] + line[end:]
    yield line.strip()


def _telling(failed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A few failing tests, the shortest first: a small case says more than a long one."""
    return sorted(failed, key=lambda t: len(json.dumps(t["args"], ensure_ascii=False)))[:SHOWN_TESTS]


def _test(test: dict[str, Any]) -> str:
    lines = [] if test["args"] is None else [f"实参：{_value(test['args'])}"]
    if test["status"] in ("wrong_answer", "wrong_state"):
        lines += [f"期望：{_value(test['expected'])}", f"实际：{_value(test['actual'])}"]
    else:
        lines.append(f"运行结果：{_STATUS.get(test['status'], test['status'])}")
    if test["difference"]:
        lines.append(f"差别：{_cut(test['difference'])}")
    return "\n".join(lines)


def _value(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_WIDTH else text[:_SHOWN_WIDTH] + "……"


def _without_request(told: str) -> str:
    """Feedback without its last paragraph, which asks for an answer."""
    return told.rpartition("\n\n")[0]


# --- prompt files


@cache
def _prompt(name: str) -> tuple[int, str]:
    """Version and text of prompts/NAME.md."""
    text = (files(__package__) / "prompts" / f"{name}.md").read_text("utf-8")
    found = re.fullmatch(r"---\nversion: (\d+)\n---\n(.*)", text, re.S)
    assert found, f"prompts/{name}.md has no version"
    return int(found[1]), found[2].strip()


def _fill(name: str, **values: object) -> str:
    """The text of a prompt with its holes filled; braces that are no hole stay."""
    return re.sub(r"\{(\w+)\}", lambda m: str(values[m[1]]) if m[1] in values else m[0], _prompt(name)[1])


@cache
def _manual(sublanguage: str, entities: bool) -> str:
    return lang.manual(sublanguage, MANUAL_BUDGET, entities=entities).strip()


def _user(content: str) -> dict[str, str]:
    return {"role": "user", "content": content}


# --- answers

_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n`]*$", re.M)
_DECLARATION = re.compile(r"\b(?:function|class|enum)\s+([\w$]+)")
_CODE_START = re.compile(r"^\s*(?:export\b|namespace\b|function\b|declare\b|/\*\*|//|@\w+\()", re.M)


def extract_code(answer: str) -> str:
    """The program text in an answer: fenced or not, with prose or thinking around it, even when it broke off.

    Of several blocks a later one replaces those that declare the same names; blocks without declarations are usage.

    >>> extract_code("Sure:\\n```ts\\nexport function f() {}\\n```\\nDone.")
    'export function f() {}'
    """
    text = _without_thinking(answer.replace("\r\n", "\n"))
    blocks = _blocks(text)
    if not blocks:
        return _without_prose(text)
    kept: list[str] = []
    seen: set[str] = set()
    for block in reversed(blocks):
        names = set(_DECLARATION.findall(block))
        if names and not names & seen:
            kept.insert(0, block)
            seen |= names
    return "\n\n".join(kept) or max(blocks, key=len)


def _without_thinking(text: str) -> str:
    text = _THINKING.sub("", text)
    # A template that opens the thinking itself leaves only the closing tag in the answer.
    return re.split(r"</think(?:ing)?>", text, flags=re.I)[-1]


def _blocks(text: str) -> list[str]:
    """The contents of fenced blocks; one that never closes goes to the end."""
    blocks, at = [], 0
    while opening := _FENCE.search(text, at):
        start = min(opening.end() + 1, len(text))
        closing = re.compile(rf"^[ \t]*{opening[1][0]}{{{len(opening[1])},}}[ \t]*$", re.M).search(text, start)
        end = closing.start() if closing else len(text)
        blocks.append(text[start:end].strip("\n").rstrip())
        at = closing.end() if closing else len(text)
    return [block for block in blocks if block.strip()]


def _without_prose(text: str) -> str:
    """From the first line that looks like code to the last closing brace; all of it where nothing looks like code."""
    first = _CODE_START.search(text)
    if not first or not _DECLARATION.search(text):
        return text.strip()
    code = text[first.start() :]
    end = code.rfind("}")
    return (code[: end + 1] if end >= 0 else code).strip("\n").rstrip()

"""Instructions into clear Chinese, with scores: messages for a model, its answer read back, and the bar.

Every answer is stored in the journal before it is used, so a second run asks only for what is missing.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import resources
from itertools import islice
from typing import Any

from naslforge.journal import InputError, Journal, dump_line
from naslforge.llm import Chat, Completion, Request
from naslforge.records import DIFFICULTIES, Task, Test
from naslforge.synth.scores import Bar, Scores, score_by_rules

EXAMPLE_TESTS = 2
_EXAMPLE_WIDTH = 400
_TESTS_WIDTH = 3000  # characters of tests in one prompt: a wording that has seen few tests contradicts the rest
_MAX_TOKENS = 2048
_BATCH = 256  # tasks that are asked for at once: the stream of tasks may be long
_CHINESE_DIFFICULTY = {
    "简单": "easy", "容易": "easy", "中等": "medium", "一般": "medium", "困难": "hard", "较难": "hard", "难": "hard",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A model's wording of one instruction and what it thinks of it."""

    instruction: str
    scores: Scores


def rewrite_messages(task: Task) -> list[dict[str, str]]:
    """The messages that ask a model for a Chinese wording and scores of one task."""
    text = resources.files("naslforge.synth").joinpath("prompts/rewrite.md").read_text("utf-8")
    rules, _, form = text.partition("\n---\n")
    tests = "\n".join(_example(t.args, t.expect) for t in telling_tests(task.tests))
    values = {"instruction": _original(task), "signature": task.signature or "（由作者决定）", "tests": tests}
    filled = re.sub(r"\{(\w+)\}", lambda m: values[m[1]], form.strip())
    if task.context:
        filled += f"\n\n项目里已有的声明：\n{task.context}"
    return [{"role": "system", "content": rules.strip()}, {"role": "user", "content": filled}]


def _original(task: Task) -> str:
    """The words to start from: those of the data, and ours where they say more (what the parameters mean)."""
    original = task.meta.get("original", {}).get("text") or task.instruction_en or task.instruction
    return original if task.instruction in (original, task.instruction_en) else f"{original}\n（{task.instruction}）"


def telling_tests(tests: Sequence[Test]) -> list[Test]:
    """The first tests, one for each combination of unusual values, then the shortest others while there is room."""
    first, rest = list(tests[:EXAMPLE_TESTS]), list(tests[EXAMPLE_TESTS:])
    rest.sort(key=lambda t: len(_example(t.args, t.expect)))
    by_edge = {frozenset(_edges([t.args, t.expect])): t for t in reversed(rest)}
    edges = [t for t in rest if t in by_edge.values() and _edges([t.args, t.expect])]
    edges.sort(key=lambda t: -len(_edges([t.args, t.expect])))
    room = _TESTS_WIDTH - sum(len(_example(t.args, t.expect)) for t in first)
    for test in [*edges, *(t for t in rest if t not in edges)]:
        room -= len(_example(test.args, test.expect))
        if room < 0:
            break
        first.append(test)
    return first


def _edges(value: Any) -> set[str]:
    """Which unusual values occur in a JSON value."""
    match value:
        case None | "" | [] | {}:
            return {type(value).__name__}
        case int() | float() if value < 0:
            return {"negative"}
        case list():
            return set().union(*map(_edges, value))
        case dict():
            return set().union(*map(_edges, value.values()))
    return set()


def _example(args: list[Any] | None, expect: Any) -> str:
    line = ", ".join(dump_line(a) for a in args or []) + "  →  " + dump_line(expect)
    return line if len(line) <= _EXAMPLE_WIDTH else line[:_EXAMPLE_WIDTH] + "……"


def read_rewrite(text: str, model: str = "") -> Rewrite:
    """The wording and scores in a model's answer, whatever stands round the JSON object. Raises InputError."""
    answer = _json_object(re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL))
    instruction = answer.get("instruction")
    if not instruction and answer.get("contradiction"):
        raise InputError("tests contradict each other or the request")
    if not isinstance(instruction, str) or not re.search(r"[\u4e00-\u9fff]", instruction):
        raise InputError("answer without a Chinese instruction")
    scores = Scores(_points(answer, "clarity"), _points(answer, "relevance"), _difficulty(answer), model or "model")
    return Rewrite(instruction.strip(), scores)


def _json_object(text: str) -> dict[str, Any]:
    decoder = json.JSONDecoder(strict=False)
    for start in (m.start() for m in re.finditer(r"\{", text)):
        try:
            value, _ = decoder.raw_decode(text, start)
        except ValueError:
            continue
        if isinstance(value, dict) and "instruction" in value:
            return value
    raise InputError("answer without a JSON object that has an instruction")


def _points(answer: dict[str, Any], name: str) -> int:
    found = re.search(r"[1-5]", str(answer.get(name, "")))
    if not found:
        raise InputError(f"answer without {name} from 1 to 5")
    return int(found[0])


def _difficulty(answer: dict[str, Any]) -> str:
    said = str(answer.get("difficulty", "")).strip().lower()
    said = _CHINESE_DIFFICULTY.get(said, said)
    if said not in DIFFICULTIES:
        raise InputError("answer without difficulty easy, medium or hard")
    return said


def reworded(task: Task, rewrite: Rewrite) -> Task:
    """The task in its new wording; the old one stays in `instruction_en` or under `meta.original`."""
    english = task.instruction_en or (None if re.search(r"[\u4e00-\u9fff]", task.instruction) else task.instruction)
    scored = scored_task(task, rewrite.scores)
    return replace(scored, instruction=rewrite.instruction, instruction_en=english)


def scored_task(task: Task, scores: Scores) -> Task:
    """The task with its scores under `meta.scores` and its difficulty."""
    return replace(task, meta={**task.meta, "difficulty": scores.difficulty, "scores": asdict(scores)})


def reworded_all(
    tasks: Iterable[Task], chat: Chat | None, answers: Journal | None, bar: Bar, drop: Callable[[str, str], None]
) -> Iterator[Task]:
    """The tasks in their new wording with scores; `drop` is told the reason and the id of what is left out.

    Without a model, tasks keep their words and get the scores of the rules. `answers` keeps what the model said.
    """
    tasks = iter(tasks)
    while batch := list(islice(tasks, _BATCH)):
        said = _ask(batch, chat, answers) if chat and answers is not None else {}
        for task in batch:
            try:
                done = reworded(task, read_rewrite(*said[task.id])) if chat else scored_task(task, score_by_rules(task))
            except KeyError:
                drop("no answer", task.id)
            except InputError as error:
                drop(error.message, task.id)
            else:
                reason = bar.below(Scores(**done.meta["scores"]))
                if reason:
                    drop(reason, task.id)
                else:
                    yield done


def _ask(tasks: list[Task], chat: Chat, journal: Journal) -> dict[str, tuple[str, str]]:
    """Answer and model by task id: those of the journal, and new ones, which are stored as they come."""
    answers = {line["task"]: (line["text"], line["model"]) for line in journal}
    missing = [task for task in tasks if task.id not in answers]

    def store(index: int, answer: Completion) -> None:
        if answer.error is not None:
            return  # not paid for: a later run asks again
        line = {"task": missing[index].id, "text": answer.text, "model": answer.model, "usage": answer.usage}
        journal.append(line)
        answers[line["task"]] = (answer.text, answer.model)

    if missing:
        asked = [Request(rewrite_messages(task), max_tokens=_MAX_TOKENS, task=task.id) for task in missing]
        chat.complete_many(asked, store)
    return answers

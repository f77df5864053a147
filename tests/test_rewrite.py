"""Instructions into Chinese: messages, answers of any shape, scores, the bar, and a journal that saves every answer."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from naslforge.journal import InputError, Journal
from naslforge.llm import Completion, Request
from naslforge.records import Task, Test
from naslforge.synth.rewrite import read_rewrite, reworded_all, rewrite_messages, telling_tests
from naslforge.synth.scores import Bar, Scores, score_by_rules

GOOD = '{"instruction": "统计 `orderIds` 里有多少个编号。", "clarity": 5, "relevance": 4, "difficulty": "easy"}'


def task(
    name: str = "own/1", text: str = "Count the order ids in a list.", params: str = "orderIds: List<String>"
) -> Task:
    tests = [Test(args=[["a"]], expect=1), Test(args=[["a", "b"]], expect=2), Test(args=[["c"]], expect=1)]
    tests += [Test(args=[[]], expect=0), Test(args=[["x"] * 30], expect=30)]
    return Task(name, "base", text, "app.logics.count", tests, signature=f"export function count({params}): Long")


def run(tasks: list[Task], chat: "Scripted | None", folder: Path, bar: Bar | None = None) -> tuple[list[Task], Counter]:
    dropped: Counter[str] = Counter()
    with Journal(folder / "wordings.jsonl") as journal:
        done = list(reworded_all(tasks, chat, journal, bar or Bar(), lambda reason, _: dropped.update([reason])))
    return done, dropped


class Scripted:
    """A chat that answers from a list and remembers what it was asked."""

    name = "scripted"

    def __init__(self, *answers: str | None):
        self.answers = list(answers)
        self.asked: list[Request] = []

    def complete_many(self, requests: Sequence[Request], on_answer: Callable[[int, Completion], None]) -> None:
        for index, request in enumerate(requests):
            self.asked.append(request)
            text = self.answers.pop(0)
            error = "unreachable" if text is None else None
            on_answer(index, Completion(text or "", "m1", {"total_tokens": 9}, error))


def test_messages_hold_all_that_is_needed() -> None:
    system, user = rewrite_messages(task())
    assert system["role"] == "system" and "JSON" in system["content"]
    for part in (
        "Count the order ids",
        "export function count(orderIds: List<String>): Long",
        '["a"]  →  1',
        "[]  →  0",
    ):
        assert part in user["content"]
    assert "{instruction}" not in user["content"]


def test_braces_in_the_data_stay() -> None:
    text = rewrite_messages(task(text="Fill {tests} and {x}"))[1]["content"]
    assert "Fill {tests} and {x}" in text


def test_edge_cases_are_shown_first_and_others_while_there_is_room() -> None:
    shown = [t.args for t in telling_tests(task().tests)]
    assert shown == [[["a"]], [["a", "b"]], [[]], [["c"]], [["x"] * 30]]
    many = [Test(args=[["x" * 100 + str(n)]], expect=n) for n in range(200)]
    assert 20 < len(telling_tests([*task().tests, *many])) < 40


def test_contradicting_tests_drop_the_task(tmp_path: Path) -> None:
    said = (
        '{"instruction": "", "contradiction": "两条测试互相矛盾", "clarity": 1, "relevance": 3, "difficulty": "easy"}'
    )
    assert run([task()], Scripted(said), tmp_path) == ([], {"tests contradict each other or the request": 1})


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f'<think>也许 {{"a": 1}}</think>\n好的：{GOOD} 希望有用',
        GOOD.replace("5,", '"5/5",').replace('"easy"', '"简单"'),
        GOOD.replace("统计", "统\n计"),
    ],
)
def test_answers_are_read_whatever_stands_around(text: str) -> None:
    found = read_rewrite(text, "m1")
    assert found.scores == Scores(5, 4, "easy", "m1") and "orderIds" in found.instruction


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "JSON object"),
        ("抱歉，我不能", "JSON object"),
        ('{"instruction": "Count it", "clarity": 5}', "Chinese"),
        ('{"instruction": "统计", "relevance": 3, "difficulty": "easy"}', "clarity"),
        ('{"instruction": "统计", "clarity": 9, "relevance": 3, "difficulty": "easy"}', "clarity"),
        ('{"instruction": "统计", "clarity": 3, "relevance": 3, "difficulty": "hmm"}', "difficulty"),
        (GOOD[:-20], "JSON object"),
    ],
)
def test_bad_answers_are_named(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_rewrite(text)


def test_what_falls_below_the_bar_is_dropped_with_its_reason(tmp_path: Path) -> None:
    low = GOOD.replace('"relevance": 4', '"relevance": 1')
    vague = GOOD.replace('"clarity": 5', '"clarity": 2')
    tasks = [task(f"own/{n}") for n in range(5)]
    (kept,), dropped = run(tasks, Scripted(GOOD, low, vague, "no", None), tmp_path)
    assert kept.instruction.startswith("统计") and kept.instruction_en == "Count the order ids in a list."
    assert kept.meta["scores"] == {"clarity": 5, "relevance": 4, "difficulty": "easy", "by": "m1"}
    assert dropped == {"relevance below 2": 1, "clarity below 3": 1, "no answer": 1,
                       "answer without a JSON object that has an instruction": 1}  # fmt: skip


def test_a_second_run_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    tasks = [task("own/1"), task("own/2")]
    first, second = Scripted(GOOD, None), Scripted(GOOD)
    for chat in (first, second):
        done, _ = run(tasks, chat, tmp_path)
    assert len(first.asked) == 2 and len(second.asked) == 1 and len(done) == 2


def test_rules_score_where_there_is_no_model(tmp_path: Path) -> None:
    good = task(text="Find the total price of all orders of a customer in the given month.")
    puzzle = task("own/2", "Find the nth bell number.", "n: Long")
    assert score_by_rules(good).relevance == 5 and score_by_rules(puzzle).relevance == 1
    done, dropped = run([good, puzzle], None, tmp_path)
    assert [t.id for t in done] == ["own/1"] and dropped == {"relevance below 2": 1}
    assert done[0].instruction == good.instruction and done[0].meta["scores"]["by"] == "rules"

"""Runs: asked once, stored before judged, resumed, judged again, and shown on a page."""

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from naslforge import evals, llm
from naslforge.journal import InputError
from naslforge.records import Task

TASKS = [
    {
        "id": f"t/{name}", "sublanguage": "base", "instruction": f"返回 `n` 的{word}。", "entry": f"app.logics.{name}",
        "signature": f"export function {name}(n: Long): Long", "tests": [{"args": [2], "expect": result}],
        "meta": {
            "difficulty": "easy", "reference": f"export function {name}(n: Long): Long {{\n  return {code};\n}}\n"},
    }
    for name, word, result, code in (("twice", "两倍", 4, "n * 2"), ("next", "后一个整数", 3, "n + 1"))
]  # fmt: skip
CONFIG = evals.EvalConfig(samples=2, workers=1)


class Model:
    """Answers what it is told, task by task, and counts what it was asked."""

    name = "fake"

    def __init__(self, answer: Callable[[str, int], str | None]):
        self.answer, self.asked = answer, 0

    def complete_many(self, requests: Sequence[llm.Request], on_answer: Callable[[int, llm.Completion], None]) -> None:
        for i, request in enumerate(requests):
            self.asked += 1
            text = self.answer(request.messages[-1]["content"], request.sample)
            error = None if text is not None else "connection refused"
            on_answer(i, llm.Completion(text or "", "fake", {}, error))


def suite() -> evals.Suite:
    return evals.from_tasks("small", [Task.from_json(t) for t in TASKS])


def right_or_wrong(prompt: str, sample: int) -> str:
    """Right on the first task, on the second only in sample 0, with a syntax fault in sample 1."""
    if "twice" in prompt:
        return "```ts\n" + TASKS[0]["meta"]["reference"] + "```"
    return TASKS[1]["meta"]["reference"] if sample == 0 else "export function next(n: Long): Long { return n + ; }"


def test_a_suite_keeps_references_apart() -> None:
    one = suite()
    assert set(one.references) == {"t/twice", "t/next"}
    assert all("reference" not in task.meta for task in one.tasks)


def test_a_part_of_a_suite_is_spread_evenly_over_it() -> None:
    suite = evals.load_suite("untouched")
    some = evals.part(suite, 7)
    places = [suite.tasks.index(task) for task in some.tasks]
    assert (
        len(places) == 7
        and {b - a for a, b in pairwise(places)} == {4}
        and set(some.references) <= {task.id for task in some.tasks}
    )
    assert evals.part(suite, 10_000).tasks == suite.tasks
    with pytest.raises(InputError):
        evals.part(suite, 0)


def test_a_file_may_name_the_tasks(tmp_path: Path) -> None:
    suite = evals.load_suite("untouched")
    file = tmp_path / "some.jsonl"
    file.write_text("".join(json.dumps({"task": suite.tasks[i].id, "round": r}) + "\n" for i in (5, 2) for r in (1, 2)))
    assert evals.named(suite, file).tasks == (suite.tasks[2], suite.tasks[5])
    file.write_text('{"task": "untouched/none"}\n')
    with pytest.raises(InputError, match="has no task"):
        evals.named(suite, file)
    file.write_text("")
    with pytest.raises(InputError, match="names no task"):
        evals.named(suite, file)


def test_unknown_suites_and_double_ids_are_refused() -> None:
    with pytest.raises(InputError, match="untouched"):
        evals.load_suite("nothing")
    with pytest.raises(InputError, match="stands twice"):
        evals.from_tasks("small", [Task.from_json(TASKS[0])] * 2)


def test_references_score_100(tmp_path: Path) -> None:
    scores = evals.evaluate(suite(), "reference:", tmp_path, CONFIG)
    assert scores.pass_at["pass@1"].value == 1.0 and scores.invalid is None


def test_a_model_is_scored_by_the_gate(tmp_path: Path) -> None:
    scores = evals.evaluate(suite(), Model(right_or_wrong), tmp_path, CONFIG)
    assert scores.per_task == {"t/twice": 1.0, "t/next": 0.5}
    assert scores.statuses == {"passed": 3, "syntax_error": 1}
    assert scores.funnel["parses"] == 0.75


def test_a_second_run_asks_nothing_and_says_the_same(tmp_path: Path) -> None:
    first = evals.evaluate(suite(), Model(right_or_wrong), tmp_path, CONFIG)
    again = Model(right_or_wrong)
    assert evals.evaluate(suite(), again, tmp_path, CONFIG) == first
    assert again.asked == 0
    before = (tmp_path / "verdicts.jsonl").read_text(encoding="utf-8")
    assert evals.rejudge(tmp_path) == first
    drop = lambda text: [{**json.loads(v), "milliseconds": 0} for v in text.splitlines()]  # noqa: E731
    assert drop((tmp_path / "verdicts.jsonl").read_text(encoding="utf-8")) == drop(before)


def test_answers_that_did_not_come_are_asked_again_and_the_rest_is_kept(tmp_path: Path) -> None:
    shaky = Model(lambda prompt, sample: None if sample else right_or_wrong(prompt, sample))
    with pytest.raises(InputError, match="2 of 4 answers did not come; the first: connection refused"):
        evals.evaluate(suite(), shaky, tmp_path, CONFIG)
    whole = Model(right_or_wrong)
    assert evals.evaluate(suite(), whole, tmp_path, CONFIG).samples == 2
    assert whole.asked == 2


def test_a_folder_holds_one_run(tmp_path: Path) -> None:
    evals.evaluate(suite(), "reference:", tmp_path, CONFIG)
    with pytest.raises(InputError, match="holds another run"):
        evals.evaluate(suite(), "reference:", tmp_path, evals.EvalConfig(samples=3))
    with pytest.raises(InputError, match="is not a run"):
        evals.rejudge(tmp_path / "elsewhere")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    evals.evaluate(suite(), Model(lambda *_: "export function x() {}"), tmp_path / "base", CONFIG)
    evals.evaluate(suite(), Model(right_or_wrong), tmp_path / "tuned", CONFIG)
    extras = evals.Extras("a <b> & report", {"Data": [{"what": "</script>", "n": 1}]}, {"sft": [(1, 2.0), (9, 0.5)]})
    evals.write_report([tmp_path / "base", tmp_path / "tuned"], tmp_path / "report.html", extras)
    return tmp_path / "report.html"


def test_the_report_stands_alone_and_escapes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "http://" not in text and "https://" not in text and "src=" not in text
    assert "a &lt;b&gt; &amp; report" in text and "&lt;/script&gt;" in text
    assert "+75.0 [+50.0, +100.0]" in text  # the paired difference to the run before
    assert "<polyline" in text


def test_the_report_opens_in_a_browser(page: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed")
    script = "<script>document.querySelector('#list details').open = true;</script></body>"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", script), encoding="utf-8")
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={page.parent / 'profile'}",
        "--virtual-time-budget=3000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-500:]
    assert "4 failed samples" in done.stdout  # the script ran: the base fails on all
    opened = done.stdout.split('id="list"')[1]
    assert "missing_entry" in opened and "返回 `n` 的两倍" in opened and "export function x() {}" in opened


def test_nothing_to_report_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no run to report"):
        evals.write_report([], tmp_path / "x.html")
    with pytest.raises(InputError, match="is not a finished run"):
        evals.write_report([tmp_path], tmp_path / "x.html")


# --- rounds


class Learner:
    """Answers a list of texts, one a round, and keeps what it was told."""

    name = "learner"

    def __init__(self, *texts: str):
        self.texts, self.told = texts, []

    def complete_many(self, requests: Sequence[llm.Request], on_answer: Callable[[int, llm.Completion], None]) -> None:
        for i, request in enumerate(requests):
            self.told.append([m["content"] for m in request.messages])
            on_answer(i, llm.Completion(self.texts[request.round - 1], "learner", {"completion_tokens": 7}))


NAMELESS = "export namespace app.logics {\n  export function twice(n: Long): Long {\n    return abso(n) * 2;\n  }\n}\n"
WRONG = "export namespace app.logics {\n  export function twice(n: Long): Long {\n    return n * 3;\n  }\n}\n"
RIGHT = WRONG.replace("* 3", "* 2")
HABIT = RIGHT.replace("return n * 2;", "let r: int = n * 2;\n    return r;")


def one_task() -> evals.Suite:
    return evals.from_tasks("one", [Task.from_json(TASKS[0])])


def test_a_second_round_is_told_the_diagnostics(tmp_path: Path) -> None:
    model = Learner(NAMELESS, RIGHT)
    scores = evals.evaluate(one_task(), model, tmp_path, evals.EvalConfig(samples=1, workers=1, rounds=2))
    assert scores.pass_at["pass@1"].value == 1.0
    assert [scores.rounds[f"round {n}"].value for n in (1, 2)] == [0.0, 1.0]
    assert "abso" in model.told[1][2] and "NF200" in model.told[1][3]
    assert scores.usage == {"answers": 2, "completion_tokens": 14}


def test_safe_fixes_are_counted_apart_and_not_shown_to_the_model(tmp_path: Path) -> None:
    model = Learner(HABIT, WRONG)
    scores = evals.evaluate(one_task(), model, tmp_path, evals.EvalConfig(samples=1, workers=1, rounds=2))
    assert scores.rounds["round 1"].value == 0.0 and scores.rounds["round 1 + safe fixes"].value == 1.0
    assert scores.pass_at["pass@1"].value == 0.0  # the headline is what the model wrote
    assert "r: int" in model.told[1][2]


def test_what_only_the_tests_know_is_not_told(tmp_path: Path) -> None:
    model = Learner(WRONG, RIGHT)
    config = evals.EvalConfig(samples=1, workers=1, rounds=2)
    assert evals.evaluate(one_task(), model, tmp_path / "a", config).pass_at["pass@1"].value == 0.0
    assert len(model.told) == 1  # a wrong answer gives nothing to tell: it is not asked again
    config = evals.EvalConfig(samples=1, workers=1, rounds=2, feedback="tests")
    assert evals.evaluate(one_task(), model, tmp_path / "b", config).pass_at["pass@1"].value == 1.0
    assert "6" in model.told[2][3] and "4" in model.told[2][3]


def test_more_rounds_go_on_from_the_answers_there_are(tmp_path: Path) -> None:
    evals.evaluate(one_task(), Learner(NAMELESS), tmp_path, evals.EvalConfig(samples=1, workers=1))
    model = Learner("never asked again", RIGHT)
    scores = evals.evaluate(one_task(), model, tmp_path, evals.EvalConfig(samples=1, workers=1, rounds=2))
    assert len(model.told) == 1 and scores.pass_at["pass@1"].value == 1.0
    assert evals.rejudge(tmp_path, 1) == scores


# --- completion


def test_a_completion_fills_the_gap(tmp_path: Path) -> None:
    before, _, after = RIGHT.partition("n * 2")
    given = TASKS[0] | {"meta": {"completion": {"prefix": before, "suffix": after, "kind": "line"}}}
    suite = evals.from_tasks("gaps", [Task.from_json(given)])
    model = Learner("```ts\nreturn n * 2;\n```")
    scores = evals.evaluate(suite, model, tmp_path, evals.EvalConfig(samples=1, workers=1))
    assert scores.pass_at["pass@1"].value == 1.0
    assert "return ⟨光标⟩;" in model.told[0][1]


# --- can a suite be trusted?


def test_the_audit_tells_weak_tests(tmp_path: Path) -> None:
    weak = TASKS[0] | {"id": "t/weak", "tests": [{"args": [0], "expect": 0}]}
    other = TASKS[1] | {"tests": [{"args": [n], "expect": n + 1} for n in (0, 5, -3)]}
    tasks = [Task.from_json(weak), Task.from_json(other)]
    rows = {r.task: r for r in evals.audit(evals.from_tasks("s", tasks))}
    assert "constant 0" in rows["t/weak"].fooled_by and rows["t/weak"].score < 0.9
    assert rows["t/next"].fault is None and rows["t/next"].score == 1.0 and rows["t/next"].mutants >= 3
    summary = evals.audit_summary(list(rows.values()))
    assert summary["tasks"] == 2 and summary["tests_least"] == 1 and len(summary["faulty"]) == 1


def test_a_wrong_reference_and_the_answer_to_another_task_are_found() -> None:
    wrong = TASKS[0] | {"id": "t/wrong", "tests": [{"args": [2], "expect": 5}]}
    same = TASKS[1] | {"id": "t/same", "tests": [{"args": [1], "expect": 2}]}
    rows = evals.audit(evals.from_tasks("s", [Task.from_json(t) for t in (wrong, same, TASKS[0])]))
    assert rows[0].fault == "its reference is wrong_answer"
    assert "answer to t/twice" in rows[1].fooled_by


# --- leaderboard


def test_the_leaderboard_orders_models_and_shows_what_was_not_run(tmp_path: Path) -> None:
    evals.evaluate(suite(), "reference:", tmp_path / "ref", CONFIG)
    evals.evaluate(suite(), Model(right_or_wrong), tmp_path / "fake", CONFIG)
    evals.evaluate(one_task(), Learner(RIGHT, RIGHT), tmp_path / "other", evals.EvalConfig(samples=1, workers=1))
    evals.leaderboard([tmp_path / n for n in ("fake", "ref", "other")], tmp_path / "board.html", "a & b")
    text = (tmp_path / "board.html").read_text(encoding="utf-8")
    assert text.index("reference: (manual)") < text.index("fake (manual)") and "not run" in text and "a &amp; b" in text
    with pytest.raises(InputError, match="has two runs on small"):
        evals.leaderboard([tmp_path / "ref", tmp_path / "ref"], tmp_path / "x.html")

"""Our suites in other harnesses: the same words, the same gate. The harnesses themselves are run where installed."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from naslforge import solve
from naslforge.evals import load_suite
from naslforge.evals.adapters import asking, questions, verdict_on

SUITE = "untouched"
FOLDER = Path(asking.__file__).parent / "lm_eval"


def test_every_task_is_asked_in_our_words_and_judged_by_the_gate() -> None:
    suite, asked = load_suite(SUITE), questions(SUITE)
    assert [q.task.id for q in asked] == [t.id for t in suite.tasks]
    assert asked[0].messages == solve.messages(suite.tasks[0])
    assert verdict_on(asked[0].task, solve.fenced(asked[0].reference)).passed
    assert verdict_on(asked[0].task, "export function other() {}").status == "missing_entry"


def test_a_failure_of_the_machinery_is_no_score() -> None:
    task = questions(SUITE)[0].task
    broken = type(task).from_json(task.to_json() | {"world": {"db": {"NoSuchEntity": [{}]}}})
    with pytest.raises(RuntimeError, match="bad_task"):
        verdict_on(broken, solve.fenced(questions(SUITE)[0].reference))


def test_every_suite_has_its_file_for_the_evaluation_harness() -> None:
    told = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")}
    suites = {"humaneval-zh", "logic", "data", "app", "vague", "complete"}
    assert set(told) == {f"naslforge_{name.replace('-', '_')}" for name in suites}
    for name in suites:
        text = told[f"naslforge_{name.replace('-', '_')}"]
        assert f"suite: {name}\n" in text and "!function suites.process_results" in text


@pytest.mark.skipif(find_spec("inspect_ai") is None, reason="inspect_ai is not installed")
def test_inspect_runs_a_suite(tmp_path: Path) -> None:
    from inspect_ai import eval as run
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    from naslforge.evals.adapters import inspect

    texts = [q.reference if i % 2 else "no" for i, q in enumerate(questions(SUITE))]
    outputs = [ModelOutput.from_content("mockllm/model", text) for text in texts]
    for output in outputs:
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # else it downloads a tokenizer
    model = get_model("mockllm/model", custom_outputs=outputs)
    [log] = run(inspect.suite(SUITE), model=model, log_dir=str(tmp_path), display="none", max_connections=1)
    assert log.status == "success"
    assert log.results.scores[0].metrics["accuracy"].value == 0.5


@pytest.mark.skipif(find_spec("lm_eval") is None, reason="lm_eval is not installed")
def test_the_evaluation_harness_reads_a_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import suites

    rows = suites.dataset(SUITE)["test"]
    asked = questions(SUITE)
    assert rows[0]["text"] == asked[0].text
    assert suites.process_results(rows[0], [solve.fenced(asked[0].reference)]) == {"pass_at_1": 1.0}
    sys.modules.pop("suites")

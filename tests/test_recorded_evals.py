"""The recorded answers to the suites give the scores that their README tells."""

import re
from importlib import resources
from pathlib import Path

import pytest

from naslforge import evals
from naslforge.journal import read_jsonl

FOLDER = Path(str(resources.files("naslforge.evals") / "recorded"))
ROWS = re.findall(r"\| `([\w-]+)` \| (\d+) of (\d+) \| (\d+) \| (\d+) \|", (FOLDER / "README.md").read_text())


def test_every_file_has_its_row() -> None:
    assert sorted(name for name, *_ in ROWS) == sorted(file.stem for file in FOLDER.glob("*.jsonl")) != []


@pytest.mark.parametrize(("name", "asked", "of", "first", "last"), ROWS)
def test_the_scores_are_those_told(
    name: str, asked: str, of: str, first: str, last: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = FOLDER / f"{name}.jsonl"
    suite = evals.load_suite(name)
    some = evals.named(suite, file)
    assert (len(some.tasks), len(suite.tasks)) == (int(asked), int(of))
    assert all(row["model"] and re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) for row in read_jsonl(file, dict))
    config = evals.EvalConfig(samples=1, rounds=4, workers=2)
    scores = evals.evaluate(some, f"recorded:{file}", tmp_path / "run", config)
    assert scores.invalid is None
    assert round(scores.rounds["round 1"].value * int(asked)) == int(first)
    assert round(scores.rounds["round 4"].value * int(asked)) == int(last)
    assert "given to other prompts" not in caplog.text

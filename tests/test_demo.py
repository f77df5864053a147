"""The whole chain in small: every step runs, a second run does nothing again."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

pytest.importorskip("torch", reason="the demo trains: install the extra `train`")

from naslforge import demo

TINY = demo.Sizes(
    families=6, train_tasks=24, sampled_tasks=4, samples=2, vocabulary_tasks=6, family_tasks=3, eval_samples=2,
    coarse_steps=3, fine_steps=2, dpo_steps=2, batch=4,
)  # fmt: skip


def test_the_chain_from_instructions_to_a_report(tmp_path: Path) -> None:
    first, second = io.StringIO(), io.StringIO()
    page = demo.run_demo(tmp_path, Console(file=first, width=200), TINY)
    text = page.read_text(encoding="utf-8")
    for suite in demo.SUITES:
        assert suite in text
        for stage in demo.STAGES:
            scores = json.loads((tmp_path / "runs" / suite / stage / "scores.json").read_text(encoding="utf-8"))
            assert scores["invalid"] is None and scores["samples"] == 2
    seconds = demo.Demo(tmp_path).state()["seconds"]
    assert list(seconds) == [name for name, _, _ in demo.STEPS]
    assert demo.run_demo(tmp_path, Console(file=second, width=200), TINY) == page
    assert "This demo is done" in second.getvalue()
    assert demo.Demo(tmp_path).state()["seconds"] == seconds

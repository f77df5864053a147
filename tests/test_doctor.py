"""`naslforge doctor`: every finding told, a way out for what is missing, exit 1 only where the sandbox is broken."""

import json
import sys
from typing import Any

import pytest

from naslforge.cli import main
from naslforge.commands import health
from naslforge.run.isolation import MEANS, SETTING


def findings(capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, str], dict[str, Any]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {(one["group"], one["name"]): one for one in lines}


def test_everything_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    found = findings(capsys)
    groups = {group for group, _ in found}
    assert groups == {"machine", "sandbox", "isolation", "self-test", "extras", "databases", "programs", "GPU"}
    assert [name for group, name in found if group == "isolation"] == list(MEANS)
    assert all(one["verdict"] == "yes" for (group, _), one in found.items() if group in ("self-test", "sandbox"))
    assert all(one["told"] for one in found.values() if one["verdict"] != "yes")
    assert sys.executable in found["machine", "Python"]["told"]


def test_means_that_are_off_say_why_and_break_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "none")
    assert main(["doctor", "--json"]) == 0
    found = findings(capsys)
    assert {found["isolation", name]["told"] for name in MEANS} == {"not asked for"}
    assert found["self-test", "a file is out of reach"]["verdict"] == "yes"


def test_a_broken_sandbox_is_exit_1(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("naslforge.run.sandbox._PATHS", "raise SystemExit(1)\n")
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "broken: worker" in out and "does not start" in out


def test_a_missing_extra_names_its_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "find_spec", lambda name: None)
    told = {finding.name: finding for finding in health._extras()}
    assert told["serve"].verdict == "no" and "pip install 'naslforge[serve]'" in told["serve"].told
    assert health._gpu().verdict == "no"


def test_words_in_brackets_reach_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    health.table([health.Finding("extras", "ray", "no", "pip install 'naslforge[ray]'")])
    assert "naslforge[ray]" in capsys.readouterr().out

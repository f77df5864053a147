"""What fails in our own machinery is tried once more and then told as `sandbox_error`, never as the program's doing."""

import contextlib
import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from naslforge.journal import InputError, Journal
from naslforge.run import Limits, Sandbox, channel, sandbox
from tests.faults import AT_STARTS, NAMES, POINTS, faulty

LINE = "export function f(n: Long): Long"
LIMITS = Limits(steps=10_000, seconds=1.0)


def job(body: str, expect: int = 1) -> dict[str, Any]:
    source = f"export namespace app.logics {{\n{LINE} {{\n{body}\n}}\n}}\n"
    return {"kind": "judge", "sublanguage": "base", "context": "", "entry": "app.logics.f", "signature": LINE,
            "world": {}, "tests": [{"args": [1], "expect": expect}] * 3, "source": source,
            "limits": LIMITS.to_json()}  # fmt: skip


RIGHT, WRONG, ENDLESS = job("return n;"), job("return n + 1;"), job("while (n > 0) { n = n + 1; } return n;")
JOBS = (RIGHT, WRONG, ENDLESS)
STATUSES = ["passed", "wrong_answer", "step_limit"]


def verdicts(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers without their times."""
    return [{key: value for key, value in answer.items() if "milliseconds" not in key} for answer in answers]


@pytest.fixture(scope="module")
def healthy() -> list[dict[str, Any]]:
    with Sandbox(1) as box:
        found = verdicts([box.run(one) for one in JOBS])
    assert [answer["status"] for answer in found] == STATUSES
    return found


@pytest.fixture
def open_and_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that can do harm to each other, and nobody who waits long for one who does nothing."""
    monkeypatch.setenv("NASLFORGE_ISOLATION", "none")
    monkeypatch.setattr(channel, "TICK", 0.05)


def test_there_are_enough_faults() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_ours(name: str, tmp_path: Path, healthy: list[dict[str, Any]], open_and_impatient: None) -> None:
    broken = faulty(name, tmp_path)
    with broken.sandbox as box:
        broken.set(1)
        assert verdicts([box.run(one) for one in JOBS]) == healthy
        assert broken.left == 0, "the fault did not happen"
        if name in AT_STARTS:
            broken.start_anew()
        broken.set(2)
        twice = box.run(RIGHT)
        assert broken.left == 0, "the job was not tried again"
        assert twice["status"] == "sandbox_error" and twice["error"], twice


# --- faults of this process and of the machine


def test_the_worker_cannot_be_executed(healthy: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox(1) as box:
        monkeypatch.setattr(sandbox.sys, "executable", "/nonexistent/python")
        told = box.run(RIGHT)
        assert told["status"] == "sandbox_error" and "/nonexistent/python" in told["error"]
        monkeypatch.undo()
        assert verdicts([box.run(RIGHT)]) == healthy[:1]


def test_the_system_refuses_a_process(healthy: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(*args: Any, **more: Any) -> None:
        asked.append(args)
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    with Sandbox(1) as box:
        monkeypatch.setattr(subprocess, "Popen", refuse)
        assert box.run(WRONG)["status"] == "sandbox_error" and len(asked) == 2
        monkeypatch.undo()
        assert verdicts([box.run(WRONG)]) == healthy[1:2]


def test_no_descriptors_are_left(healthy: list[dict[str, Any]]) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = [os.open(os.devnull, os.O_RDONLY)]
    with Sandbox(2) as box:
        assert verdicts([box.run(RIGHT)]) == healthy[:1]  # one worker runs already, the other has to start
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0] + 8, hard))
            with contextlib.suppress(OSError):
                while True:
                    taken.append(os.open(os.devnull, os.O_RDONLY))
            answers = verdicts(list(box.map([RIGHT, WRONG] * 4)))
        finally:
            for fd in taken:
                os.close(fd)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert all(answer["status"] == "sandbox_error" or answer in healthy for answer in answers)
        assert verdicts(list(box.map([RIGHT, WRONG] * 4))) == healthy[:2] * 4


def test_no_place_for_temporary_files(healthy: list[dict[str, Any]]) -> None:
    text = (
        "import tempfile\ndef full(*_, **__): raise OSError(28, 'No space left on device')\ntempfile.mkdtemp = full\n"
    )
    with Sandbox(1, start=text + sandbox.START) as box:
        assert verdicts([box.run(one) for one in JOBS]) == healthy


def test_a_slow_start_is_waited_for(healthy: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "TICK", 0.02)
    text = "import time\nbegun = time.process_time()\nwhile time.process_time() < begun + 2: pass\n"
    with Sandbox(1, start=text + sandbox.START) as box:
        assert verdicts([box.run(RIGHT)]) == healthy[:1]


def test_a_second_answer_is_not_taken_for_the_next_job(
    healthy: list[dict[str, Any]], tmp_path: Path, open_and_impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(POINTS, "two answers", ("warden answers", "send(self, frame), send(self, frame)"))
    broken = faulty("two answers", tmp_path)
    with broken.sandbox as box:
        broken.set(1)
        assert verdicts([box.run(one) for one in JOBS]) == healthy and broken.left == 0


def test_others_are_undisturbed(healthy: list[dict[str, Any]], tmp_path: Path, open_and_impatient: None) -> None:
    """Two workers, one of which dies now and then: a job that hits two faults is told so, all others are judged."""
    broken = faulty("the worker is killed when it has read the job", tmp_path, 2)
    with broken.sandbox as box:
        answers = []
        for i, answer in enumerate(box.map(JOBS[i % 3] for i in range(120))):
            answers.append(answer)
            if i in (20, 60, 90):
                broken.set(1)
        assert broken.left == 0 and verdicts(answers) == healthy * 40


# --- the disk


def test_a_full_disk_leaves_the_journal_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.jsonl"
    with Journal(path) as journal:
        journal.append({"n": 1})
        for refused in ("fsync", "replace", "write"):
            with monkeypatch.context() as full:
                full.setattr(os, refused, _full)
                with pytest.raises(InputError, match="No space left"):
                    journal.append({"n": refused})
            assert list(journal) == [{"n": 1}], refused
        journal.append({"n": 2})
    with Journal(path) as again:
        assert list(again) == [{"n": 1}, {"n": 2}]


def _full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_verdicts_on_a_full_disk(tmp_path: Path) -> None:
    """A run that cannot write says so; what stood under the name before still stands there."""
    task, solution, out = tmp_path / "tasks.jsonl", tmp_path / "solutions.jsonl", tmp_path / "verdicts.jsonl"
    given = {"id": "t/one", "sublanguage": "base", "instruction": "-", "entry": "app.logics.f", "signature": LINE,
             "tests": RIGHT["tests"]}  # fmt: skip
    task.write_text(json.dumps(given) + "\n")
    solution.write_text(json.dumps({"task": "t/one", "source": RIGHT["source"]}) + "\n")
    out.write_text("before\n")
    command = "ulimit -f 0; trap '' XFSZ; exec \"$@\""
    ran = subprocess.run(
        ["bash", "-c", command, "-", sys.executable, "-m", "naslforge", "judge", task, solution, "-o", out],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2 and "cannot be written" in ran.stderr and "Traceback" not in ran.stderr, ran
    assert out.read_text() == "before\n"

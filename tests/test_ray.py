"""`judge --engine ray` on a local cluster of two nodes, one of which is killed at work: nothing is lost or doubled."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from naslforge.commands import ray_engine
from naslforge.journal import InputError
from naslforge.judge import judge_many
from naslforge.records import Solution, Task

ray = pytest.importorskip("ray", reason="the engine ray needs the extra (300 MB, not in the lock): make test-ray")

LINE = "export function f(n: Long): Long"
TASK = Task.from_json({"id": "t/next", "sublanguage": "base", "instruction": "n + 1", "entry": "app.logics.f",
                       "signature": LINE, "tests": [{"args": [1], "expect": 2}]})  # fmt: skip


def program(turns: int, result: str) -> str:
    body = f"let i: Long = 0; while (i < {turns}) {{ i = i + 1; }} return {result};"
    return f"export namespace app.logics {{ {LINE} {{ {body} }} }}"


def pairs(count: int, turns: int) -> list[tuple[Task, Solution]]:
    results = ("n + 1", "n", "m")
    return [(TASK, Solution("t/next", program(turns + i, results[i % 3]), sample=i)) for i in range(count)]


def told(verdicts: Iterator[Any]) -> list[Any]:
    return [verdict.to_json() | {"milliseconds": 0} for verdict in verdicts]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A head that computes nothing and two nodes with one processor each."""
    from ray.cluster_utils import Cluster

    one = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    one.nodes = [one.add_node(num_cpus=1), one.add_node(num_cpus=1)]
    monkeypatch.setenv("RAY_ADDRESS", one.address)
    monkeypatch.setattr(ray_engine, "CHUNK", 4)
    yield one
    ray.shutdown()
    one.shutdown()


def test_a_node_killed_at_work_loses_nothing(cluster: Any) -> None:
    asked = pairs(48, 150_000)
    wanted = told(judge_many(asked, 2))
    at_work = threading.Event()

    def watched() -> Iterator[tuple[Task, Solution]]:
        for pair in asked:
            yield pair
            at_work.set()

    killed: list[float] = []

    def kill() -> None:
        at_work.wait(60)
        time.sleep(4)  # both nodes have started their sandboxes and hold chunks
        for process in cluster.nodes[0].all_processes["raylet"]:
            os.kill(process.process.pid, signal.SIGKILL)
        killed.append(time.monotonic())

    killer = threading.Thread(target=kill)
    killer.start()
    found, times = [], []
    for verdict in ray_engine.judge_many(watched(), 2):
        found.append(verdict)
        times.append(time.monotonic())
    killer.join()
    assert times[-1] > killed[0], "the node was killed too late to matter"
    assert told(iter(found)) == wanted
    assert {verdict.status for verdict in found} == {"passed", "wrong_answer", "type_error"}


def test_without_a_cluster_this_machine_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    asked = pairs(8, 10)
    assert told(ray_engine.judge_many(iter(asked), 1)) == told(judge_many(asked, 1))


def test_a_cluster_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    with pytest.raises(InputError, match=r"127\.0\.0\.1:1: no Ray cluster answers"):
        list(ray_engine.judge_many(iter(pairs(1, 1)), 1))

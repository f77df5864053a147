"""judge on a Ray cluster: chunks of solutions as Ray tasks, verdicts in the order of the solutions.

Every node needs naslforge with its core dependencies. Each worker process of the cluster keeps one sandbox for all its
chunks. A node that is lost costs its chunks a second try elsewhere, where answers that it held are computed again. The
cluster is the one that RAY_ADDRESS names, otherwise this machine.
"""

import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from naslforge.journal import InputError
from naslforge.records import Solution, Task, Verdict

CHUNK = 64  # solutions a Ray task: enough to pay for its way
AHEAD = 4  # chunks in flight for each processor of the cluster
TRIES = 5  # of a chunk whose node or process is lost, after the first
PATIENCE = 10.0  # seconds for the head of a cluster to take a connection
EXPORTED = ("NASLFORGE_ISOLATION", "NASLFORGE_DATABASE")  # settings that workers on other machines take over

Json = dict[str, Any]


def judge_many(pairs: Iterable[tuple[Task, Solution]], workers: int) -> Iterator[Verdict]:
    """The verdicts on many solutions, in their order. Raises InputError where Ray or its cluster is missing."""
    try:
        import ray
    except ImportError as error:
        raise InputError("the engine ray needs the extra", hint="pip install 'naslforge[ray]'") from error
    _join(ray, workers)
    remote = ray.remote(num_cpus=1, max_retries=TRIES)(judge_chunk)
    ahead = AHEAD * max(1, int(ray.cluster_resources().get("CPU", workers)))
    waiting: deque[Any] = deque()
    try:
        for chunk in _chunks(pairs):
            waiting.append(remote.remote(chunk))
            if len(waiting) >= ahead:
                yield from _verdicts(ray, waiting.popleft())
        while waiting:
            yield from _verdicts(ray, waiting.popleft())
    finally:
        ray.shutdown()


def _join(ray: Any, workers: int) -> None:
    """Enter the cluster, or make one of this machine."""
    address = os.environ.get("RAY_ADDRESS")
    settings = {name: os.environ[name] for name in EXPORTED if name in os.environ}
    quiet = {"log_to_driver": False, "logging_level": "ERROR", "ignore_reinit_error": True}
    runtime = {"runtime_env": {"env_vars": settings}} if settings else {}
    try:
        if address:
            _knock(address)
            ray.init(address=address, **quiet, **runtime)
        else:
            ray.init(num_cpus=workers, include_dashboard=False, **quiet, **runtime)
    except (OSError, ValueError, RuntimeError) as error:
        told = str(error).split("\n")[0]
        raise InputError(f"no Ray cluster answers: {told}", address, hint="RAY_ADDRESS names it") from error


def _knock(address: str) -> None:
    """Raises OSError where nobody listens at HOST:PORT; Ray itself would try for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()


def _verdicts(ray: Any, answer: Any) -> Iterator[Verdict]:
    return map(Verdict.from_json, ray.get(answer))


def judge_chunk(chunk: list[tuple[Json, Json]]) -> list[Json]:
    """What one Ray task does."""
    from naslforge.judge import judge

    found = []
    for task, solution in chunk:
        answer = Solution.from_json(solution)
        found.append(judge(Task.from_json(task), answer.source, sample=answer.sample).to_json())
    return found


def _chunks(pairs: Iterable[tuple[Task, Solution]]) -> Iterator[list[tuple[Json, Json]]]:
    source = iter(pairs)
    while chunk := [(task.to_json(), solution.to_json()) for task, solution in islice(source, CHUNK)]:
        yield chunk

"""judge on a Ray cluster: chunks of solutions as Ray tasks, verdicts in the order of the solutions.

Every node needs naslforge with its core dependencies; each task has a sandbox of its own. The cluster is the one that
RAY_ADDRESS names, otherwise this machine.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from naslforge.journal import InputError
from naslforge.records import Solution, Task, Verdict

CHUNK = 64  # solutions a Ray task: enough to pay for the start of its sandbox
AHEAD = 4  # chunks in flight for each worker

Json = dict[str, Any]


def judge_many(pairs: Iterable[tuple[Task, Solution]], workers: int) -> Iterator[Verdict]:
    """The verdicts on many solutions, in their order. Raises InputError where Ray is not installed."""
    try:
        import ray
    except ImportError as error:
        raise InputError("the engine ray needs the extra", hint="pip install 'naslforge[ray]'") from error
    ray.init(
        num_cpus=None if os.environ.get("RAY_ADDRESS") else workers,
        log_to_driver=False, logging_level="ERROR", include_dashboard=False, ignore_reinit_error=True,
    )  # fmt: skip
    remote = ray.remote(num_cpus=1, max_retries=2)(judge_chunk)
    waiting: deque[Any] = deque()
    try:
        for chunk in _chunks(pairs):
            waiting.append(remote.remote(chunk))
            if len(waiting) >= AHEAD * workers:
                yield from map(Verdict.from_json, ray.get(waiting.popleft()))
        while waiting:
            yield from map(Verdict.from_json, ray.get(waiting.popleft()))
    finally:
        ray.shutdown()


def judge_chunk(chunk: list[tuple[Json, Json]]) -> list[Json]:
    """What one Ray task does."""
    from naslforge.judge import judge_many as judge_here

    pairs = [(Task.from_json(task), Solution.from_json(solution)) for task, solution in chunk]
    return [verdict.to_json() for verdict in judge_here(pairs, workers=1)]


def _chunks(pairs: Iterable[tuple[Task, Solution]]) -> Iterator[list[tuple[Json, Json]]]:
    source = iter(pairs)
    while chunk := [(task.to_json(), solution.to_json()) for task, solution in islice(source, CHUNK)]:
        yield chunk

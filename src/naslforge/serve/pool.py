"""Workers behind a queue with a limit: blocking work runs in threads, requests wait as futures and are timed."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from naslforge.run import Limits, Sandbox
from naslforge.serve.metrics import Metrics
from naslforge.serve.problems import Problem

Json = dict[str, Any]
MEMORY = 0.9  # of the mean time of a job: how much the past weighs
GRACE = 1.0  # seconds for a job that nobody waits for: to end it costs a worker


@dataclass(eq=False)
class _Waiting:
    job: Json
    answer: "asyncio.Future[Json]"
    since: float = field(default_factory=time.monotonic)


class Pool:
    """`workers` processes and at most `capacity` jobs that wait for one. Lives in one event loop, from `open` on."""

    def __init__(self, workers: int, capacity: int, deadline: float, limits: Limits, metrics: Metrics):
        self.workers, self.capacity, self.deadline = workers, capacity, deadline
        self.limits, self.metrics = limits, metrics
        self.busy = 0
        self._queue: deque[_Waiting] = deque()
        self._mean = 0.1  # seconds of a job
        self._threads = ThreadPoolExecutor(workers, "naslforge-pool")
        self._loops: list[asyncio.Task[None]] = []

    @property
    def waiting(self) -> int:
        return len(self._queue)

    async def open(self) -> None:
        """Start all workers and wait until each has answered."""
        self._arrived, self._room = asyncio.Event(), asyncio.Event()
        sandboxes = [Sandbox(1, self.limits) for _ in range(self.workers)]
        answers = [asyncio.wrap_future(self._threads.submit(s.run, {"kind": "probe"})) for s in sandboxes]
        for answer in await asyncio.gather(*answers):
            if answer["status"] != "passed":
                raise RuntimeError(f"a worker cannot start: {answer.get('error')}")
        self._loops = [asyncio.create_task(self._work(sandbox)) for sandbox in sandboxes]

    async def close(self) -> None:
        """End the workers; what still waits ends in a problem."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        while self._queue:
            self._queue.popleft().answer.set_exception(Problem("closing", "the service was told to stop"))
        self._threads.shutdown()

    async def run(self, job: Json) -> Json:
        """The answer to one job. Raises Problem `queue-full` at once, or `deadline`."""
        (answer,) = await self.run_all([job])
        return answer

    async def run_all(self, jobs: list[Json]) -> list[Json]:
        """The answers to jobs that are taken on all together or not at all. Raises Problem."""
        if len(jobs) > self.capacity:
            raise Problem(
                "too-large", f"{len(jobs)} items for a queue of {self.capacity}; send fewer, or use /v1/judge/stream"
            )
        if len(jobs) > self.capacity - self.waiting:
            self.metrics.refused("queue-full")
            wait = str(self.retry_after(len(jobs)))
            raise Problem(
                "queue-full", f"{self.waiting} jobs wait; try again in {wait} s", headers={"Retry-After": wait}
            )
        entries = [self._put(job) for job in jobs]
        return await self._answers(entries)

    async def run_in_turn(self, job: Json) -> Json:
        """The answer to a job that waits for a place in the queue as long as it takes."""
        while self.waiting >= self.capacity:
            self._room.clear()
            await self._room.wait()
        (answer,) = await self._answers([self._put(job)])
        return answer

    def retry_after(self, places: int = 1) -> int:
        """Seconds after which so many places will be free, by what jobs took lately."""
        return max(1, math.ceil((self.waiting + places - self.capacity + 1) * self._mean / self.workers))

    def _put(self, job: Json) -> _Waiting:
        entry = _Waiting(job, asyncio.get_running_loop().create_future())
        self._queue.append(entry)
        self._arrived.set()
        return entry

    async def _answers(self, entries: list[_Waiting]) -> list[Json]:
        try:
            async with asyncio.timeout(self.deadline):
                return list(await asyncio.gather(*(entry.answer for entry in entries)))
        except TimeoutError as error:
            self.metrics.refused("deadline")
            raise Problem("deadline", f"no answer within {self.deadline:g} s") from error
        finally:
            for entry in entries:
                entry.answer.cancel()
                with suppress(ValueError):
                    self._queue.remove(entry)
            self._room.set()

    async def _work(self, sandbox: Sandbox) -> None:
        """One worker's life: take a job, do it in a thread, give the answer; give up one that nobody waits for."""
        try:
            while True:
                entry = await self._take()
                self.metrics.waited(time.monotonic() - entry.since)
                running = asyncio.wrap_future(self._threads.submit(sandbox.run, entry.job))
                self.busy += 1
                try:
                    await asyncio.wait((running, entry.answer), return_when=asyncio.FIRST_COMPLETED)
                    if not running.done():  # nobody waits any more: it is late, or the client has gone
                        await asyncio.wait((running,), timeout=GRACE)
                    if running.done():
                        self._tell(entry, running.result())
                    else:
                        sandbox = await self._replaced(sandbox, running)
                finally:
                    self.busy -= 1
        finally:
            sandbox.stop()
            await asyncio.shield(asyncio.wrap_future(self._threads.submit(sandbox.close)))

    async def _replaced(self, sandbox: Sandbox, running: Awaitable[Json]) -> Sandbox:
        sandbox.stop()
        await running
        sandbox.close()
        return Sandbox(1, self.limits)

    async def _take(self) -> _Waiting:
        while not self._queue:
            self._arrived.clear()
            await self._arrived.wait()
        self._room.set()
        return self._queue.popleft()

    def _tell(self, entry: _Waiting, answer: Json) -> None:
        seconds = answer.get("milliseconds", 0.0) / 1000
        self._mean = MEMORY * self._mean + (1 - MEMORY) * seconds
        self.metrics.judged(answer["status"], seconds)
        if not entry.answer.done():
            entry.answer.set_result(answer)

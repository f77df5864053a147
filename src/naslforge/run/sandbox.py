"""Worker processes seen from outside: a job is a JSON object that goes in, a JSON object comes out, whatever happens.

A job that hurts its worker costs that worker only: it is replaced, and the job is tried once more before the answer is
`{"status": "sandbox_error"}`.
"""

import json
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from queue import LifoQueue
from typing import Any

from naslforge.run.channel import ALIVE, READY, Channel, Frame, Watch, WorkerLost, decode, encode
from naslforge.run.isolation import SETTING, Isolation, wanted
from naslforge.run.limits import Limits
from naslforge.run.servers import VARIABLE, chosen

LOOK_AHEAD = 16  # jobs a worker
PAUSE = 0.05  # seconds before the second try: what the machine lacks for a moment may come back
START = "from naslforge.run.worker import serve_forever; serve_forever()"
_PATHS = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
# No inherited environment; texts hash alike everywhere, so that nothing can depend on the order of a set.
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


class Worker:
    """One worker process. Started by the first job, so that making one costs nothing."""

    def __init__(self, start: str = START, isolation: Isolation | None = None) -> None:
        self._start_text = start
        isolation, database = isolation or wanted(), chosen()
        if database:
            isolation = replace(isolation, network=True)
        self._environment = {**_ENVIRONMENT, SETTING: isolation.to_text(), VARIABLE: database or ""}
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None
        self._number = ALIVE

    def run(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to a job whose runs take so much processor time at most. Raises WorkerLost, close it then."""
        try:
            channel = self._channel or self._start()
            self._number += 1
            channel.send(Frame(self._number, encode(job), seconds))
            return self._answer(channel, self._number)
        except (OSError, ValueError) as error:
            raise WorkerLost(str(error)) from error

    def _start(self) -> Channel:
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-c", _PATHS + self._start_text, json.dumps([p or "." for p in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            close_fds=True,
            start_new_session=True,  # an interrupt from the keyboard is the parent's affair
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        channel = Channel(self._process.stdout.fileno(), self._process.stdin.fileno(), Watch(self._process.pid))
        told = self._answer(channel, READY)
        if told["status"] != "ready":
            raise WorkerLost(told.get("error", "the worker cannot start"))
        self._channel = channel
        return channel

    def _answer(self, channel: Channel, number: int) -> dict[str, Any]:
        while (frame := channel.receive()).number == ALIVE:
            pass
        if frame.number != number:
            raise WorkerLost(f"an answer to job {frame.number} instead of {number}")
        answer = decode(frame.body)
        if not isinstance(answer.get("status"), str):
            raise WorkerLost("an answer without a status")
        return answer

    def kill(self) -> None:
        """End the process from another thread: `run` raises WorkerLost, and whoever called it closes."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        process, self._process, self._channel = self._process, None, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


class Sandbox:
    """Some workers. `run` may be called from many threads; `map` keeps all workers busy and answers in order.

    `start` is the Python text that a worker process runs; tests put faults there. `isolation` is what the environment
    asks for, everything by default.
    """

    def __init__(
        self, workers: int = 1, limits: Limits | None = None, start: str = START, isolation: Isolation | None = None
    ):
        self.workers, self.limits = max(1, workers), limits or Limits()
        self._stopped = False
        self._idle: LifoQueue[Worker] = LifoQueue()
        self._all = [Worker(start, isolation) for _ in range(self.workers)]
        for worker in self._all:
            self._idle.put(worker)

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """The answer to one job; never raises for what the job does."""
        worker = self._idle.get()
        try:
            return self._twice(worker, {"limits": self.limits.to_json(), **job})
        finally:
            self._idle.put(worker)

    def map(self, jobs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The answers to the jobs, in their order; reads only a little ahead."""
        waiting: deque[Future[dict[str, Any]]] = deque()
        with ThreadPoolExecutor(self.workers) as threads:
            try:
                for job in jobs:
                    waiting.append(threads.submit(self.run, job))
                    if len(waiting) >= LOOK_AHEAD * self.workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def _twice(self, worker: Worker, job: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        answer: dict[str, Any] = {}
        for pause in (0.0, PAUSE):
            time.sleep(pause)
            try:
                if self._stopped:
                    raise WorkerLost("the sandbox was stopped")
                answer = worker.run(job, Limits.from_json(job["limits"]).seconds)
            except WorkerLost as lost:
                worker.close()
                answer = {"status": "sandbox_error", "error": str(lost)}
            if answer["status"] != "sandbox_error":
                break
        answer["milliseconds"] = round((time.perf_counter() - started) * 1000, 2)
        return answer

    def stop(self) -> None:
        """End the jobs that run, from any thread: they and all later ones answer `sandbox_error`."""
        self._stopped = True
        for worker in self._all:
            worker.kill()

    def close(self) -> None:
        """End all workers."""
        for worker in self._all:
            worker.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

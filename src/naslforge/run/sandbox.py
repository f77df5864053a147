"""Worker processes seen from outside: a job is a JSON object that goes in, a JSON object comes out, whatever happens.

A job that hurts its worker costs that worker only: it is replaced, and the job is tried once more before the answer is
`{"status": "sandbox_error"}`.
"""

import contextlib
import json
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue
from typing import IO, Any

from naslforge.run.limits import Limits

LOOK_AHEAD = 16  # jobs a worker
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from naslforge.run.worker import serve_forever; "
    "serve_forever()"
)
# No inherited environment; texts hash alike everywhere, so that nothing can depend on the order of a set.
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


class WorkerLost(Exception):
    """The worker process died or answered with something else than a message."""


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message: four bytes of length, then JSON."""
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message. Raises WorkerLost at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        raise WorkerLost("no answer")
    (length,) = struct.unpack(">I", head)
    data = stream.read(length)
    if len(data) < length:
        raise WorkerLost("answer cut off")
    return json.loads(data.decode("utf-8", "surrogatepass"))


class Worker:
    """One worker process. Started by the first job, so that making one costs nothing."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """The answer to a job. Raises WorkerLost."""
        try:
            process = self._process or self._start()
            assert process.stdin is not None and process.stdout is not None
            send(process.stdin, job)
            return receive(process.stdout)
        except (OSError, ValueError) as error:
            raise WorkerLost(str(error)) from error

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-c", _START, json.dumps([path or "." for path in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            close_fds=True,
            start_new_session=True,  # an interrupt from the keyboard is the parent's affair
        )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class Sandbox:
    """Some workers. `run` may be called from many threads; `map` keeps all workers busy and answers in order."""

    def __init__(self, workers: int = 1, limits: Limits | None = None):
        self.workers, self.limits = max(1, workers), limits or Limits()
        self._idle: LifoQueue[Worker] = LifoQueue()
        self._all = [Worker() for _ in range(self.workers)]
        for worker in self._all:
            self._idle.put(worker)
        self._closed = threading.Event()

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
        for _ in range(2):
            try:
                answer = worker.run(job)
            except WorkerLost as lost:
                worker.close()
                answer = {"status": "sandbox_error", "error": str(lost)}
            if answer.get("status") != "sandbox_error":
                break
        answer["milliseconds"] = round((time.perf_counter() - started) * 1000, 2)
        return answer

    def close(self) -> None:
        """End all workers."""
        for worker in self._all:
            worker.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

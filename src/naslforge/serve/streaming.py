"""JSON Lines in, JSON Lines out: each solution is judged as it comes, each verdict leaves as it is finished."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from naslforge.journal import dump_line
from naslforge.serve.pool import Pool
from naslforge.serve.problems import Problem
from naslforge.serve.requests import Judging, lines_of

UNREAD = 64 * 1024 * 1024  # bytes of answers that a client may leave unread


class LinesResponse(Response):
    """A body that grows while the request is still being read: unlike Starlette's own, it leaves that to others."""

    media_type = "application/x-ndjson"

    def __init__(self, lines: AsyncIterator[bytes]):
        super().__init__()
        del self.headers["content-length"]
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async for line in self._lines:
            await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Stream:
    """One request. Few lines are at work at a time, so that other requests find places in the queue.

    Clients that send everything before they read anything are served too: answers wait, up to UNREAD bytes.
    """

    def __init__(self, pool: Pool, read: Callable[[bytes], Judging], longest: int, patience: float):
        self._pool, self._read, self._longest, self._patience = pool, read, longest, patience
        self._places = asyncio.Semaphore(max(1, min(4 * pool.workers, pool.capacity // 2)))
        self._ready: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._unread = 0

    async def answers(self, request: Request) -> AsyncIterator[bytes]:
        """The lines of the response; the last one may tell why the stream ended early."""
        reading = asyncio.create_task(self._take_lines(request))
        try:
            while (line := await self._ready.get()) is not None:
                self._unread -= len(line)
                yield line
            await reading  # a fault of ours must not look like the end
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _take_lines(self, request: Request) -> None:
        index = 0
        try:
            async with asyncio.TaskGroup() as tasks:
                try:
                    async for line in self._lines(request):
                        if line.strip():
                            await self._places.acquire()
                            tasks.create_task(self._judge(index, line))
                            index += 1
                except Problem as problem:
                    self._put(index, {"problem": problem.to_json()})
        finally:
            self._ready.put_nowait(None)

    async def _lines(self, request: Request) -> AsyncIterator[bytes]:
        data = bytearray()
        parts = request.stream()
        while True:
            try:
                async with asyncio.timeout(self._patience):
                    data += await anext(parts)
            except StopAsyncIteration:
                break
            except TimeoutError as error:
                raise Problem("too-slow", f"nothing came for {self._patience:g} s") from error
            for line in lines_of(data):
                yield line
            if len(data) > self._longest:
                raise Problem("too-large", f"a line is longer than {self._longest} bytes (--max-body)")
        yield bytes(data)

    async def _judge(self, index: int, line: bytes) -> None:
        try:
            judging = await asyncio.to_thread(self._read, line)
            answer = await self._pool.run_in_turn(judging.job())
            self._put(index, {"verdict": judging.verdict(answer)})
        except Problem as problem:
            self._put(index, {"problem": problem.to_json()})
        finally:
            self._places.release()

    def _put(self, index: int, answer: dict[str, Any]) -> None:
        line = (dump_line({"index": index, **answer}) + "\n").encode()
        self._unread += len(line)
        if self._unread > UNREAD:
            raise RuntimeError(f"the client leaves {self._unread} bytes unread")
        self._ready.put_nowait(line)
